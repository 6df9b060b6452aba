import type { Key } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { notFound } from '../problem.ts'
import type { ManyOutcome } from './many-records.ts'
import { DOCUMENT, twoWriters, USERS } from './two-writers-fixture.ts'

/**
 * Two people at once, in both orders. Whoever comes first has written and not yet committed when the other starts; the other must wait,
 * and then go by what the first left behind.
 */

const { apply, gateway, ada, mikko, pekka, met, writersOf, ownAccount, sharedAccount, dealUnder } = await twoWriters()

interface Case {
  /** Pekka has his right on the record of `module` in this way. */
  readonly has: string
  readonly takes: string
  readonly module: 'accounts' | 'deals'
  readonly set: () => Promise<{ readonly id: string; readonly take: () => Promise<unknown> }>
  /** What Pekka is told when he comes second. */
  readonly told: number
}

const CASES: readonly Case[] = [
  {
    has: 'as its owner',
    takes: 'a policy that takes the action away',
    module: 'accounts',
    set: async () => ({
      id: await ownAccount(),
      take: () => apply({ ...DOCUMENT, users: { ...USERS, pekka: { profiles: ['reader'] } } }),
    }),
    told: 403,
  },
  {
    has: 'as its owner',
    takes: 'a policy that takes the action away and changes the table',
    module: 'accounts',
    set: async () => ({
      id: await ownAccount(),
      take: () =>
        apply({
          ...DOCUMENT,
          users: { ...USERS, pekka: { profiles: ['reader'] } },
          modules: { ...DOCUMENT.modules, accounts: { fields: { passing: { type: 'text' } } } },
        }),
    }),
    told: 403,
  },
  {
    has: 'as its owner',
    takes: 'his suspension',
    module: 'accounts',
    set: async () => ({
      id: await ownAccount(),
      take: () => apply({ ...DOCUMENT, users: { ...USERS, pekka: { profiles: ['sales'], status: 'suspended' } } }),
    }),
    told: 401,
  },
  {
    has: 'as its owner',
    takes: 'a transfer',
    module: 'accounts',
    set: async () => {
      const id = await ownAccount()
      return { id, take: () => gateway.transfer(ada, 'accounts', id, { owner: 'user:mikko' }) }
    },
    told: 404,
  },
  {
    has: 'as its owner',
    takes: 'its deletion',
    module: 'accounts',
    set: async () => {
      const id = await ownAccount()
      return { id, take: () => gateway.delete(ada, 'accounts', id) }
    },
    told: 404,
  },
  {
    has: 'by a share',
    takes: 'the end of the share',
    module: 'accounts',
    set: async () => {
      const id = await sharedAccount()
      return { id, take: () => gateway.unshare(mikko, 'accounts', id, 'user:pekka') }
    },
    told: 404,
  },
  {
    has: 'by a share',
    takes: 'a lower share in its place',
    module: 'accounts',
    set: async () => {
      const id = await sharedAccount()
      return { id, take: () => gateway.share(mikko, 'accounts', id, { with: 'user:pekka', level: 'read' }) }
    },
    told: 403,
  },
  {
    has: 'by a share',
    takes: 'a transfer that drops shares',
    module: 'accounts',
    set: async () => {
      const id = await sharedAccount()
      return { id, take: () => gateway.transfer(mikko, 'accounts', id, { owner: 'user:nils' }) }
    },
    told: 404,
  },
  {
    has: 'as owner of its parent',
    takes: 'a transfer of the parent',
    module: 'deals',
    set: async () => {
      const account = await ownAccount()
      const id = await dealUnder(account)
      return { id, take: () => gateway.transfer(ada, 'accounts', account, { owner: 'user:nils' }) }
    },
    told: 404,
  },
  {
    has: 'as owner of its parent',
    takes: 'the deletion of the parent',
    module: 'deals',
    set: async () => {
      const account = await ownAccount()
      const id = await dealUnder(account)
      return { id, take: () => gateway.delete(ada, 'accounts', account) }
    },
    told: 404,
  },
  {
    has: 'by a share of its parent',
    takes: 'the end of that share',
    module: 'deals',
    set: async () => {
      const account = await sharedAccount()
      const id = await dealUnder(account)
      return { id, take: () => gateway.unshare(mikko, 'accounts', account, 'user:pekka') }
    },
    told: 404,
  },
  {
    has: 'as owner of its parent',
    takes: 'a new parent',
    module: 'deals',
    set: async () => {
      const id = await dealUnder(await ownAccount())
      const other = (await gateway.create(mikko, 'accounts', { name: 'Other' })).id
      return { id, take: () => gateway.update(ada, 'deals', id, { account: other }) }
    },
    told: 404,
  },
]

/** Ways to write to a record, each by another path through the program. */
const WRITES: { readonly [name: string]: (module: Key, id: string) => Promise<unknown> } = {
  update: (module, id) => gateway.update(pekka, module, id, { name: 'By Pekka' }),
  share: (module, id) => gateway.share(pekka, module, id, { with: 'user:nils', level: 'read' }),
  comment: (module, id) => gateway.comment(pekka, module, id, { text: 'By Pekka' }),
  'change of many': (module, id) => changeOne(module, id),
  'share of many': (module, id) => shareOne(module, id),
}

/** Of many there is one; its refusal is an answer, not an error. */
async function changeOne(module: Key, id: string): Promise<unknown> {
  return refusedAs404(await gateway.changeMany(pekka, module, [id], { set: { name: 'By Pekka' } }))
}

async function shareOne(module: Key, id: string): Promise<unknown> {
  return refusedAs404(await gateway.shareMany(pekka, module, { ids: [id] }, [{ with: 'user:nils', level: 'read' }]))
}

function refusedAs404({ refused }: ManyOutcome): void {
  if (refused.length > 0) throw notFound()
}

describe.each(CASES)('$takes, from who may write $has', ({ module, set, told }) => {
  it('comes first: no update', async () => {
    const { id, take } = await set()
    expect(await met(take, () => gateway.update(pekka, module, id, { name: 'By Pekka' }))).toEqual(['done', told])
    const writers = await writersOf(id)
    expect(writers).not.toContain('pekka update')
  })

  it.each(Object.keys(WRITES))('comes second: waits for the %s, which is done', async (name) => {
    const { id, take } = await set()
    const [written, taken] = await met(() => WRITES[name]!(module, id), take)
    expect([written, taken]).toEqual(['done', 'done'])
  })
})

describe.each(['share', 'comment', 'share of many', 'change of many'])('A %s that comes second', (name) => {
  it('goes by the transfer of the parent that came first', async () => {
    const account = await ownAccount()
    const id = await dealUnder(account)
    const take = () => gateway.transfer(ada, 'accounts', account, { owner: 'user:nils' })
    expect(await met(take, () => WRITES[name]!('deals', id))).toEqual(['done', 404])
  })

  it('goes by the policy that came first', async () => {
    const id = await ownAccount()
    const take = () => apply({ ...DOCUMENT, users: { ...USERS, pekka: { profiles: ['sales'], status: 'suspended' } } })
    expect(await met(take, () => WRITES[name]!('accounts', id))).toEqual(['done', 401])
  })
})
