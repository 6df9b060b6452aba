import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

/** Anna sells and clears up; Olli sells and gives nothing away; Nora does so one by one; Sam has left; Ada administers. */
const office = await testOffice()
const EVERYDAY = ['create', 'read', 'update', 'mass'] as const
const nordics = {
  module: 'accounts',
  with: ['everyone'],
  when: { field: 'country', op: 'eq', value: 'FI' },
  level: 'read',
} as const
const profile = (...actions: ('delete' | 'transfer' | 'share')[]) => ({
  system: ['useApi'] as const,
  modules: { accounts: { actions: [...EVERYDAY, ...actions] } },
})
await office.apply('nordwind', {
  ...nordwindPolicy(),
  profiles: {
    clearing: profile('delete', 'transfer', 'share'),
    selling: profile(),
    one: { ...profile('delete'), modules: { accounts: { actions: ['read', 'create', 'delete', 'transfer'] } } },
  },
  users: {
    admin: { name: 'Ada', profiles: ['administrator'] },
    anna: { name: 'Anna', profiles: ['clearing'] },
    olli: { name: 'Olli', profiles: ['selling'] },
    nora: { name: 'Nora', profiles: ['one'] },
    sam: { name: 'Sam', profiles: ['selling'], status: 'suspended' },
  },
  sharingRules: { nordics },
})

const ask = (user: string, method: 'GET' | 'POST', url: string, body?: object) =>
  office.network.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${office.keyOf(user)}` },
    ...(body && { body }),
  })
const make = async (user: string, name: string, country = 'SE') =>
  (await ask(user, 'POST', '/records/accounts', { name, country })).json<{ id: string }>().id
const mass = (user: string, body: object) => ask(user, 'POST', '/records/accounts/mass', body)
const status = async (user: string, id: string) => (await ask(user, 'GET', `/records/accounts/${id}`)).statusCode

async function done(user: string, body: object) {
  const begun = await mass(user, body)
  expect(begun.statusCode, begun.payload).toBe(202)
  for (;;) {
    const job = (await ask(user, 'GET', `/jobs/${begun.json().id}`)).json()
    if (job.state === 'done') return job
    expect(['queued', 'running']).toContain(job.state)
    await sleep(5)
  }
}

describe('many records', () => {
  it('are deleted, each under its own check, and put back', async () => {
    const own = [await make('anna', 'Del 1'), await make('anna', 'Del 2')]
    const readable = await make('admin', 'Del, read only', 'FI')
    const unseen = await make('admin', 'Del, unseen')
    const { result, done: at, total } = await done('anna', { ids: [...own, readable, unseen], delete: true })
    expect([at, total]).toEqual([4, 4])
    expect(result).toMatchObject({ changed: 2, notPermitted: 2, deleted: own })
    expect(result.refused.map(({ id }: { id: string }) => id)).toEqual([readable, unseen])
    expect(result.refused[0].reason).toContain('"delete"')
    expect(result.refused[1].reason).toBe('There is nothing here that you can see.')
    expect(await Promise.all(own.map((id) => status('anna', id)))).toEqual([404, 404])
    expect(await Promise.all([readable, unseen].map((id) => status('admin', id)))).toEqual([200, 200])

    const foreign = await make('admin', 'Deleted by Ada')
    await done('admin', { ids: [foreign], delete: true })
    const restored = await done('anna', { ids: [...own, foreign], restore: true })
    expect(restored.result).toMatchObject({ changed: 2, notPermitted: 1, refused: [{ id: foreign }] })
    expect(await Promise.all(own.map((id) => status('anna', id)))).toEqual([200, 200])
    expect(await status('admin', foreign)).toBe(404)
  })

  it('are deleted by a filter: those alone that one reads, and which they were is said', async () => {
    const own = await make('anna', 'Sweep Anna’s')
    const unseen = await make('admin', 'Sweep Ada’s')
    const filter = { field: 'name', op: 'startsWith', value: 'sweep' }
    const { result } = await done('anna', { filter, delete: true })
    expect(result).toEqual({ changed: 1, notPermitted: 0, refused: [], deleted: [own] })
    expect(await status('admin', unseen)).toBe(200)
  })

  it('are given to another owner, with their shares where that is asked for', async () => {
    const [kept, dropped] = [await make('anna', 'Give 1'), await make('anna', 'Give 2')]
    const unseen = await make('admin', 'Give 3')
    for (const id of [kept, dropped]) {
      const share = { with: 'user:anna', level: 'read' }
      expect((await ask('anna', 'POST', `/records/accounts/${id}/shares`, share)).statusCode).toBe(201)
    }
    const owner = 'user:olli'
    expect((await done('anna', { ids: [kept, unseen], transfer: { owner, keepShares: true } })).result).toMatchObject({
      changed: 1,
      notPermitted: 1,
      refused: [{ id: unseen }],
    })
    await done('anna', { ids: [dropped], transfer: { owner } })
    expect(await status('anna', kept)).toBe(200)
    expect(await status('anna', dropped)).toBe(404)
    expect((await ask('olli', 'GET', `/records/accounts/${dropped}`)).json().owner).toBe(owner)
  })
})

describe('a change of many is refused at once', () => {
  const owner = 'user:olli'

  it.each<readonly [string, object, number, string]>([
    ['olli', { ids: [], delete: true }, 403, '"delete"'],
    ['olli', { ids: [], transfer: { owner } }, 403, '"transfer"'],
    ['nora', { ids: [], delete: true }, 403, '"mass"'],
    ['nora', { ids: [], transfer: { owner } }, 403, '"mass"'],
    ['nora', { ids: [], restore: true }, 403, '"mass"'],
    ['anna', { ids: [], transfer: { owner: 'user:sam' } }, 422, '/transfer/owner'],
    ['anna', { ids: [], transfer: { owner: 'user:nobody' } }, 422, '/transfer/owner'],
    ['anna', { ids: [], set: { nothing: 1 } }, 422, '"/set/nothing"'],
    ['anna', { ids: [] }, 422, 'takes one of'],
    ['anna', { ids: [], delete: true, restore: true }, 422, 'takes one of'],
    ['anna', { ids: [], delete: false }, 422, '/delete'],
    ['anna', { filter: { all: [] }, restore: true }, 422, '/filter'],
    ['anna', { delete: true }, 422, 'either ids or a filter'],
  ])('to %s who sends %j: %i', async (user, body, code, contains) => {
    const answer = await mass(user, body)
    expect(answer.statusCode).toBe(code)
    expect(answer.payload.replaceAll('\\"', '"')).toContain(contains)
  })
})
