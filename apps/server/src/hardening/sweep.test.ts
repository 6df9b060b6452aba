import type { InjectOptions } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { applyPolicy } from '../policy/apply-policy.ts'
import { wrongWithAnswer } from './answer-checks.ts'
import { databaseState, differingTables } from './database-state.ts'
import { describedRoutes } from './described-routes.ts'
import { SOUND_REQUESTS, type Sound } from './interfaces.ts'
import { laySiege, type Person } from './siege.ts'
import { SIEGE_POLICY } from './siege-policy.ts'
import { CANARIES, IDS } from './siege-records.ts'

/** One sound question to every route that there is, by people who should get nothing for it, or nothing but their own. */

const siege = await laySiege()
const routes = await describedRoutes(siege.network)

/** Open to everyone: they say how the server is, how to sign in, and that nobody is signed in. */
const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'POST /api/auth/sign-in/email',
  'GET /api/auth/session',
  'GET /api/auth/invitation',
  'POST /api/auth/invitation',
  'GET /.well-known/authzen-configuration',
]
/** For a session alone; a key is refused before anything is looked at. */
const shut = routes.filter(({ name }) => !PUBLIC.includes(name))
const ofRecords = shut.filter(({ path }) => path.includes('{module}'))

function soundly(name: string): Sound {
  const sound = SOUND_REQUESTS.get(name)
  if (!sound) throw new Error(`${name} is not in the table of interfaces: say there what is asked of it`)
  return sound
}

async function ask(person: Person, question: InjectOptions) {
  const answer = await siege.network.inject({
    ...question,
    headers: { ...siege.credentials(person), ...question.headers },
  })
  if (answer.statusCode === 202) await siege.settle()
  return answer
}

beforeEach(() => siege.restore())

describe('every route', () => {
  test('is in the table of interfaces, and every one of the table is there', () => {
    expect(routes.map(({ name }) => name).sort()).toEqual([...SOUND_REQUESTS.keys()].sort())
  })

  test.each(shut)('$name is shut to nobody, whatever he says of himself', async ({ name }) => {
    const before = await databaseState(siege.parts.database, siege.north)
    for (const headers of [
      {},
      { 'bailiwick-act': 'nordwind/operator' },
      { 'bailiwick-act': 'nordwind/admin', 'x-forwarded-for': '127.0.0.1' },
      { 'x-user': 'admin', 'x-forwarded-user': 'admin', 'x-organization': 'nordwind' },
      { authorization: '' },
      { authorization: 'Bearer null' },
      { cookie: 'bailiwick.session_token=' },
      { cookie: 'bailiwick.session_token=null; user=admin' },
    ]) {
      const question = soundly(name)()
      const all = { 'x-bailiwick-request': '1', ...question.headers, ...headers }
      const { statusCode } = await siege.network.inject({ ...question, headers: all })
      // A session is switched by a session: a key, whatever it says, is told so.
      const isKeyToSwitch = name === 'POST /api/v1/me/organization' && 'authorization' in headers
      expect(statusCode, JSON.stringify(headers)).toBe(isKeyToSwitch ? 403 : 401)
    }
    expect(differingTables(before, await databaseState(siege.parts.database, siege.north))).toEqual([])
  })

  test.each(ofRecords)('$name is nothing to whom no profile grants the module', async (route) => {
    for (const module of ['things', 'accounts', 'contacts', 'cnryVault']) {
      expect((await ask('nils', soundly(route.name)({ module }))).statusCode, module).toBe(404)
    }
  })

  test.each(ofRecords)('$name leads nobody into another organization', async (route) => {
    const before = await databaseState(siege.parts.database, siege.north)
    for (const at of [
      { module: 'things', id: IDS.thing },
      { module: 'accounts', id: IDS.account },
    ]) {
      const answer = await ask('stranger', soundly(route.name)(at))
      expect(wrongWithAnswer(route, { person: 'stranger', url: '', headers: {}, body: undefined }, answer)).toEqual([])
      expect(answer.payload).not.toMatch(/Open (?:account|thing)|anna@/i)
    }
    expect(differingTables(before, await databaseState(siege.parts.database, siege.north))).toEqual([])
  })

  test.each(routes)('$name shows nobody what is not his', async (route) => {
    for (const person of ['anna', 'page', 'omar', 'nils', 'nobody'] as const) {
      for (const id of [IDS.thing, IDS.hiddenThing, IDS.confidentialThing, IDS.deletedThing]) {
        const answer = await ask(person, soundly(route.name)({ id }))
        if (route.method !== 'GET' && answer.statusCode < 300) await siege.restore()
        expect(
          wrongWithAnswer(route, { person, url: '', headers: {}, body: undefined }, answer),
          `${person} ${id}`,
        ).toEqual([])
      }
    }
    await siege.readmit()
  })

  test('is shut to a suspended person from the change on, and open again after it', { timeout: 60_000 }, async () => {
    const { anna } = SIEGE_POLICY.users ?? {}
    const suspended = {
      ...SIEGE_POLICY,
      tests: {},
      users: { ...SIEGE_POLICY.users, anna: { ...anna, status: 'suspended' } },
    }
    const change = { organization: siege.north, input: suspended, author: 'operator', now: Date.now() } as const
    await applyPolicy(siege.parts.database, change, {
      catalogue: siege.parts.catalogue,
      readFacts: async () => undefined,
    })
    for (const { name } of shut.filter(
      ({ path }) => !path.startsWith('/api/auth') && !path.endsWith('/organization'),
    )) {
      for (const person of ['anna', 'page'] as const) {
        expect((await ask(person, soundly(name)())).statusCode, `${name} to ${person}`).toBe(401)
      }
    }
    await siege.restore()
    for (const person of ['anna', 'page'] as const) {
      expect((await ask(person, { url: '/api/v1/me' })).statusCode).toBe(200)
    }
  })
})

describe('what is counted', () => {
  const things = '/api/v1/records/things'
  const count = async (person: Person, url: string) => (await ask(person, { url })).json()
  const figures = async (person: Person, body: object) =>
    (await ask(person, { method: 'POST', url: `${things}/aggregate`, body })).json<{ groups: { count: number }[] }>()
      .groups

  test('is what is seen: by a list, by its pages, by figures, by groups, by search', async () => {
    const { items, count: counted } = await count('anna', `${things}?count=exact`)
    expect(items).toHaveLength(2)
    expect(counted).toEqual({ value: 2, exact: true })
    expect((await count('anna', `${things}?count=capped`)).count.value).toBe(2)
    expect((await count('anna', `${things}?limit=1&sort=name`)).next).not.toBeNull()
    expect((await count('anna', `${things}?limit=2&sort=name`)).next).toBeNull()
    expect(await figures('anna', {})).toMatchObject([{ count: 2 }])
    const groups = await figures('anna', { groupBy: ['stage'] })
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(2)
    expect((await count('anna', `${things}?q=thing&count=exact`)).count.value).toBe(2)
  })

  test('is none of what stands in hidden or masked fields, or in records of others', async () => {
    for (const canary of Object.values(CANARIES)) {
      const found = await count('anna', `${things}?q=${canary}&count=exact`)
      expect({ items: found.items, count: found.count }, canary).toEqual({
        items: [],
        count: { value: 0, exact: true },
      })
    }
    expect((await count('anna', `${things}?q=1234&count=exact`)).count.value).toBe(0)
  })
})

describe('what is masked', () => {
  const things = '/api/v1/records/things'
  const about = (condition: object) => encodeURIComponent(JSON.stringify(condition))

  test.each<readonly [string, InjectOptions]>([
    ['filtered by', { url: `${things}?filter=${about({ field: 'iban', op: 'startsWith', value: 'c' })}` }],
    [
      'filtered by, however deep',
      { url: `${things}?filter=${about({ not: { any: [{ field: 'iban', op: 'isEmpty' }] } })}` },
    ],
    ['sorted by', { url: `${things}?sort=iban` }],
    ['grouped by', { method: 'POST', url: `${things}/aggregate`, body: { groupBy: ['iban'] } }],
    ['measured', { method: 'POST', url: `${things}/aggregate`, body: { measures: [{ op: 'min', field: 'iban' }] } }],
    [
      'chosen by, for a change of many',
      {
        method: 'POST',
        url: `${things}/mass`,
        body: { filter: { field: 'iban', op: 'isNotEmpty' }, set: { notes: 'a' } },
      },
    ],
    [
      'chosen by, for an export',
      {
        method: 'POST',
        url: '/api/v1/exports',
        body: { module: 'things', format: 'csv', filter: { field: 'iban', op: 'eq', value: 'a' } },
      },
    ],
    [
      'exported in the order of',
      { method: 'POST', url: '/api/v1/exports', body: { module: 'things', format: 'csv', sort: 'iban' } },
    ],
  ])('is never %s', async (_name, question) => {
    const answer = await ask('anna', question)
    expect(answer.statusCode).toBe(422)
    expect(answer.payload).toMatch(/masked/)
  })

  test('comes out of an export masked, and the hidden not at all', async () => {
    for (const format of ['csv', 'jsonl']) {
      const made = await ask('anna', { method: 'POST', url: '/api/v1/exports', body: { module: 'things', format } })
      expect(made.statusCode).toBe(202)
      const { payload } = await ask('anna', { url: `/api/v1/exports/${made.json<{ id: string }>().id}/file` })
      expect(payload).toContain('Open thing')
      for (const canary of Object.values(CANARIES)) expect(payload, canary).not.toContain(canary)
      expect(payload).not.toMatch(/secret|cnryShade/)
    }
  })
})

test('a job, its file and its rows are its starter’s alone', async () => {
  const made = await ask('anna', { method: 'POST', url: '/api/v1/exports', body: { module: 'things', format: 'csv' } })
  const brought = await ask('anna', soundly('POST /api/v1/imports')())
  const headers = { prefer: 'respond-async' }
  const planned = await ask('admin', { ...soundly('POST /api/v1/policy/plan')(), headers })
  expect(planned.statusCode).toBe(202)
  for (const person of ['admin', 'omar', 'stranger'] as const) {
    for (const path of [
      `exports/${made.json().id}`,
      `exports/${made.json().id}/file`,
      `jobs/${made.json().id}`,
      `imports/${brought.json().id}`,
      `imports/${brought.json().id}/rejected.csv`,
      ...(person === 'admin' ? [`policy/plans/${made.json().id}`] : [`jobs/${planned.json().id}`]),
      ...(person === 'stranger' ? [`policy/plans/${planned.json().id}`] : []),
    ]) {
      const none = await ask(person, { url: `/api/v1/${path.replace(/[0-9a-f-]{36}/, IDS.missing)}` })
      const others = await ask(person, { url: `/api/v1/${path}` })
      expect([others.statusCode, others.payload], path).toEqual([404, none.payload])
    }
    const cancel = (id: string) => ask(person, { method: 'POST', url: `/api/v1/jobs/${id}/cancel` })
    const [none, others] = [await cancel(IDS.missing), await cancel(made.json().id)]
    expect([others.statusCode, others.payload]).toEqual([404, none.payload])
  }
})

test('nobody writes what the system keeps, nor an owner where he may not give away', async () => {
  const SYSTEM = {
    id: IDS.missing,
    createdAt: '2020-01-01T00:00:00Z',
    createdBy: 'user:admin',
    updatedBy: 'user:admin',
    version: 99,
    confidential: false,
    access: 'full',
    deletedAt: null,
    sharesCount: 9,
  }
  const url = `/api/v1/records/things/${IDS.thing}`
  const before = (await ask('anna', { url })).json()
  for (const [field, value] of Object.entries({ ...SYSTEM, owner: 'user:admin' })) {
    const answer = await ask('anna', { method: 'PATCH', url, body: { notes: 'changed', [field]: value } })
    expect([403, 422], field).toContain(answer.statusCode)
    const set = { notes: 'changed', [field]: value }
    const many = { method: 'POST', url: '/api/v1/records/things/mass', body: { ids: [IDS.thing], set } } as const
    expect([403, 422], `${field} of many`).toContain((await ask('anna', many)).statusCode)
  }
  for (const [field, value] of Object.entries(SYSTEM)) {
    const make = { method: 'POST', url: '/api/v1/records/things', body: { name: 'New', [field]: value } } as const
    expect([403, 422], `${field} of a new one`).toContain((await ask('anna', make)).statusCode)
  }
  expect((await ask('anna', { url })).json()).toEqual(before)
})
