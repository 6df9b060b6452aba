import type { Key, PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseStamp } from '../policy/raise-stamp.ts'
import { notFound, Problem } from '../problem.ts'
import { testDatabase } from '../testing/index.ts'
import { importRows } from './import-rows.ts'
import { createMeeting } from './interleaving-fixture.ts'
import type { ManyOutcome } from './many-records.ts'
import { createRecordsFixture } from './records-fixture.ts'
import { inTransaction } from './stamped.ts'

/**
 * Two people at once, in both orders. Whoever comes first has written and not yet committed when the other starts; the other must wait,
 * and then go by what the first left behind.
 */

const NOW = Date.parse('2026-03-02T10:00:00Z')
const { database, address, createOrganization } = await testDatabase()

const ALL = [
  'create',
  'read',
  'update',
  'delete',
  'comment',
  'share',
  'transfer',
  'confide',
  'mass',
  'import',
  'overwrite',
] as const
const USERS = {
  ada: { profiles: ['administrator'] },
  mikko: { profiles: ['sales'] },
  pekka: { profiles: ['sales'] },
  nils: { profiles: ['sales'] },
}
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: {
    sales: { modules: { accounts: { actions: ALL }, deals: { actions: ALL }, contacts: { actions: ALL } } },
    reader: { modules: { accounts: { actions: ['read'] }, deals: { actions: ['read'] } } },
  },
  users: USERS,
  modules: { deals: { parent: 'account' } },
}

const organization = await createOrganization()
const { apply, gateway, parts, actor } = await createRecordsFixture(database, organization, DOCUMENT, NOW)
const [ada, mikko, pekka] = [actor('ada'), actor('mikko'), actor('pekka')]
const meeting = await createMeeting(database, address, organization, [
  'r_accounts',
  'r_deals',
  'shares',
  'comments',
  'policy_versions',
  'head',
])
afterAll(() => meeting.close())
beforeEach(async () => {
  await apply(DOCUMENT, { destroy: ['accounts.passing'] })
})

/** What came of it: `done`, or the status of the refusal. */
function outcome(settled: PromiseSettledResult<unknown>): string | number {
  if (settled.status === 'fulfilled') return 'done'
  if (settled.reason instanceof Problem) return settled.reason.status
  throw settled.reason
}

async function met(first: () => Promise<unknown>, second: () => Promise<unknown>) {
  return (await meeting.meet(first, second)).map(outcome)
}

/** Who did what to a record, in order. */
async function writersOf(id: string): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select owners.key || ' ' || action as what from history join owners on owners.id = history.actor
    where record_id = ${id}::uuid order by history.id`.execute(database.organization(organization))
  return rows.map(({ what }) => what)
}

interface Case {
  /** Pekka has his right on the record of `module` in this way. */
  readonly has: string
  readonly takes: string
  readonly module: 'accounts' | 'deals'
  readonly set: () => Promise<{ readonly id: string; readonly take: () => Promise<unknown> }>
  /** What Pekka is told when he comes second. */
  readonly told: number
}

async function ownAccount(): Promise<string> {
  return (await gateway.create(pekka, 'accounts', { name: 'Own' })).id
}

async function sharedAccount(): Promise<string> {
  const { id } = await gateway.create(mikko, 'accounts', { name: 'Shared' })
  await gateway.share(mikko, 'accounts', id, { with: 'user:pekka', level: 'full' })
  return id
}

/** A deal of Mikko's, which Pekka reaches by its account. */
async function dealUnder(account: string): Promise<string> {
  await gateway.share(ada, 'accounts', account, { with: 'user:mikko', level: 'read' })
  return (await gateway.create(mikko, 'deals', { name: 'Below', account })).id
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
  return refusedAs404(await gateway.changeMany(pekka, module, [id], { name: 'By Pekka' }))
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

describe('Two changes of one record', () => {
  it('from the same version: the second is told', async () => {
    const id = await ownAccount()
    const change = (name: string) => () => gateway.update(pekka, 'accounts', id, { name }, 1)
    expect(await met(change('First'), change('Second'))).toEqual(['done', 412])
    expect(await gateway.read(pekka, 'accounts', id)).toMatchObject({ name: 'First', version: 2 })
  })

  it('of different fields, from whatever version: neither is lost', async () => {
    const id = await ownAccount()
    const name = () => gateway.update(pekka, 'accounts', id, { name: 'First' })
    const phone = () => gateway.update(pekka, 'accounts', id, { phone: '2' })
    expect(await met(name, phone)).toEqual(['done', 'done'])
    expect(await gateway.read(pekka, 'accounts', id)).toMatchObject({ name: 'First', phone: '2', version: 3 })
    const [last, first] = await gateway.history(pekka, 'accounts', id)
    expect(first).toMatchObject({ version: 2, changes: [{ field: 'name', before: 'Own', after: 'First' }] })
    expect(last).toMatchObject({ version: 3, changes: [{ field: 'phone', before: null, after: '2' }] })
  })

  it('a share, then a transfer: no share is left', async () => {
    const id = await ownAccount()
    const share = () => gateway.share(pekka, 'accounts', id, { with: 'user:mikko', level: 'full' })
    const transfer = () => gateway.transfer(ada, 'accounts', id, { owner: 'user:nils' })
    expect(await met(share, transfer)).toEqual(['done', 'done'])
    expect(await gateway.shares(ada, 'accounts', id)).toEqual([])
  })

  it('a transfer, then a share by who was the owner: no share is made', async () => {
    const id = await ownAccount()
    const share = () => gateway.share(pekka, 'accounts', id, { with: 'user:mikko', level: 'full' })
    const transfer = () => gateway.transfer(ada, 'accounts', id, { owner: 'user:nils' })
    expect(await met(transfer, share)).toEqual(['done', 404])
    expect(await gateway.shares(ada, 'accounts', id)).toEqual([])
  })
})

describe('An import that overwrites', () => {
  const rules = { module: 'deals', key: 'externalId', overwrite: true, lookupBy: {}, mayWait: false } as const
  const overwrite = (externalId: string) =>
    inTransaction(parts, pekka, async (reading) => {
      const values = { externalId, name: 'By Pekka' }
      const [row] = await importRows(parts, reading, rules, [{ values, fallback: {}, lookups: {} }])
      return row?.kind === 'rejected' ? row.reasons : row?.kind
    })

  it('goes by the transfer of the parent that came first', async () => {
    const account = await ownAccount()
    const deal = await dealUnder(account)
    await gateway.update(ada, 'deals', deal, { externalId: 'D-1' })
    const take = () => gateway.transfer(ada, 'accounts', account, { owner: 'user:nils' })
    const [, second] = await meeting.meet(take, () => overwrite('D-1'))
    expect(second).toEqual({ status: 'fulfilled', value: ['externalId: exists already'] })
  })

  it('is waited for by the transfer of the parent', async () => {
    const account = await ownAccount()
    const deal = await dealUnder(account)
    await gateway.update(ada, 'deals', deal, { externalId: 'D-2' })
    const take = () => gateway.transfer(ada, 'accounts', account, { owner: 'user:nils' })
    const [first] = await meeting.meet(() => overwrite('D-2'), take)
    expect(first).toEqual({ status: 'fulfilled', value: 'updated' })
  })
})

describe('What raises the stamp', () => {
  it('waits for a write under way, and is waited for', async () => {
    const id = await ownAccount()
    const raise = () => database.ownerTransaction(organization, (owner) => raiseStamp(owner, organization))
    const update = () => gateway.update(pekka, 'accounts', id, { name: 'Meanwhile' })
    expect(await met(raise, update)).toEqual(['done', 'done'])
    expect(await met(update, raise)).toEqual(['done', 'done'])
  })
})
