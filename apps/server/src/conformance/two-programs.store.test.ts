import { tmpdir } from 'node:os'
import type { PolicyDocument } from '@bailiwick/access'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { assemble } from '../compose.ts'
import { readConfig } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import type { App } from '../http/app.ts'
import { createLog } from '../http/log.ts'
import { parseApiKey } from '../identity/api-key-text.ts'
import { testDatabase } from '../testing/index.ts'

/**
 * Two programs on one database, and the other one is deaf: nobody tells it that something changed. What is done through the one must
 * hold for the very next request to the other all the same.
 */
const { database, address } = await testDatabase()
const otherDatabase = await openDatabase({ address })
const one = await start(database)
const other = await start({ ...otherDatabase, listen: async () => () => {} })
const operator = one.buildOperatorServer()
const [here, there] = [one.buildNetworkServer(), other.buildNetworkServer()]
// After the servers, and before the test's database is dropped: hooks run the last one first.
afterAll(async () => {
  await Promise.all([operator.close(), here.close(), there.close()])
  await otherDatabase.close()
})

function start(on: Database) {
  return assemble({
    config: readConfig({ BAILIWICK_LOG: 'silent', BAILIWICK_DATA: tmpdir() }, tmpdir()),
    log: createLog('silent'),
    database: on,
    masterKey: Buffer.alloc(32, 7),
    letGo: () => {},
  })
}

const PEOPLE: PolicyDocument = {
  bailiwick: 1,
  profiles: {
    sales: {
      system: ['useApi'],
      modules: { accounts: { actions: ['create', 'read', 'update', 'share', 'transfer'] } },
    },
  },
  users: {
    admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
    anna: { name: 'Anna', email: 'anna@nordwind.example', profiles: ['sales'] },
    bea: { name: 'Bea', email: 'bea@nordwind.example', profiles: ['sales'] },
  },
  teams: { desk: { leaders: ['anna'], members: ['bea'] } },
}

const slug = 'nordwind'
const keys = new Map<string, string>()
const admin = await done(operator, {
  method: 'POST',
  url: '/operator/v1/organizations',
  body: { slug, adminEmail: 'ada@nordwind.example', adminPassword: 'correct horse battery' },
})
keys.set('admin', String(admin.key))
await apply(PEOPLE)
for (const user of ['anna', 'bea']) keys.set(user, await newKey(user))

beforeEach(() => apply(PEOPLE))

type Body = { readonly [name: string]: unknown }

function ask(app: App, user: string, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: Body) {
  const headers = { authorization: `Bearer ${keys.get(user)}` }
  return app.inject({ method, url, headers, ...(body && { body }) })
}

async function done(app: App, request: InjectOptions): Promise<Body> {
  const answer = await app.inject(request)
  if (answer.statusCode >= 300) throw new Error(`${request.url}: ${answer.payload}`)
  return answer.json<Body>()
}

async function newKey(user: string): Promise<string> {
  const body = { organization: slug, user }
  return String((await done(operator, { method: 'POST', url: '/operator/v1/keys', body })).key)
}

async function apply(document: PolicyDocument): Promise<void> {
  const answer = await ask(here, 'admin', 'PUT', '/api/v1/policy', { ...document })
  if (answer.statusCode !== 200) throw new Error(answer.payload)
}

/** A record of Anna's, or of whom she gives it to; its address. */
async function make(owner: string): Promise<string> {
  const made = await ask(here, 'anna', 'POST', '/api/v1/records/accounts', { owner, name: 'Acme' })
  expect(made.statusCode).toBe(201)
  return `/api/v1/records/accounts/${made.json<{ id: string }>().id}`
}

const statusThere = async (user: string, url: string) => (await ask(there, user, 'GET', url)).statusCode

test('a suspension holds for the next request there', async () => {
  const url = await make('user:bea')
  expect(await statusThere('bea', url)).toBe(200)
  await apply({ ...PEOPLE, users: { ...PEOPLE.users, bea: { ...PEOPLE.users?.bea, status: 'suspended' } } })
  expect(await statusThere('bea', url)).toBe(401)
  await apply(PEOPLE)
  expect(await statusThere('bea', url)).toBe(200)
})

test('a share that was taken away is gone for the next request there, and so is one that was given there', async () => {
  const url = await make('user:anna')
  expect(await statusThere('bea', url)).toBe(404)
  await ask(here, 'anna', 'POST', `${url}/shares`, { with: 'user:bea', level: 'edit' })
  expect(await statusThere('bea', url)).toBe(200)
  expect((await ask(there, 'anna', 'DELETE', `${url}/shares?with=user:bea`)).statusCode).toBe(204)
  expect((await ask(here, 'bea', 'PATCH', url, { name: 'Late' })).statusCode).toBe(404)
  await ask(there, 'anna', 'POST', `${url}/shares`, { with: 'user:bea', level: 'edit' })
  expect((await ask(here, 'anna', 'DELETE', `${url}/shares`, { with: 'user:bea' })).statusCode).toBe(204)
  expect((await ask(there, 'bea', 'PATCH', url, { name: 'Late' })).statusCode).toBe(404)
})

test('who left a team loses what the team owns with the next request there, reading and writing', async () => {
  const url = await make('team:desk')
  expect((await ask(there, 'bea', 'PATCH', url, { name: 'In time' })).statusCode).toBe(200)
  await apply({ ...PEOPLE, teams: { desk: { leaders: ['anna'] } } })
  expect((await ask(there, 'bea', 'PATCH', url, { name: 'Late' })).statusCode).toBe(404)
  expect(await statusThere('bea', url)).toBe(404)
  expect((await ask(there, 'anna', 'GET', url)).json()).toMatchObject({ name: 'In time' })
})

test('who joined a team finds what the team owns in the next list there', async () => {
  await apply({ ...PEOPLE, teams: { desk: { leaders: ['anna'] } } })
  const url = await make('team:desk')
  const listed = async () => {
    const { items } = (await ask(there, 'bea', 'GET', '/api/v1/records/accounts?limit=200')).json()
    return items.map(({ id }: { id: string }) => `/api/v1/records/accounts/${id}`)
  }
  expect(await listed()).not.toContain(url)
  await apply(PEOPLE)
  expect(await listed()).toContain(url)
})

test('who joined a team finds what the team owns in the next figures, counts and filters there', async () => {
  await apply({ ...PEOPLE, teams: { desk: { leaders: ['anna'] } } })
  await make('team:desk')
  const accounts = '/api/v1/records/accounts'
  const isAcme = { field: 'name', op: 'eq', value: 'Acme' }
  const count = { groupBy: [], measures: [{ op: 'count' }] }
  const named = { ...count, filter: isAcme }
  const filter = encodeURIComponent(JSON.stringify(isAcme))
  const asked = [
    async () => (await ask(there, 'bea', 'POST', `${accounts}/aggregate`, count)).json().groups[0].count,
    async () => (await ask(there, 'bea', 'GET', `${accounts}?limit=1&count=exact`)).json().count.value,
    async () => (await ask(there, 'bea', 'GET', `${accounts}?limit=200&filter=${filter}`)).json().items.length,
    async () => (await ask(there, 'bea', 'GET', `${accounts}?limit=1&count=exact&filter=${filter}`)).json().count.value,
    async () => (await ask(there, 'bea', 'POST', `${accounts}/aggregate`, named)).json().groups[0].count,
    async () => (await ask(there, 'bea', 'GET', `${accounts}?limit=200&sort=website,-name`)).json().items.length,
  ]
  for (const figure of asked) {
    await apply({ ...PEOPLE, teams: { desk: { leaders: ['anna'] } } })
    const before = await figure()
    await apply(PEOPLE)
    expect(await figure()).toBeGreaterThan(before)
  }
})

test('what may be done before and after a policy that nobody told of is done there, once', async () => {
  const changed = (name: string) =>
    apply({ ...PEOPLE, users: { ...PEOPLE.users, bea: { ...PEOPLE.users?.bea, name } } })
  await changed('Bea B.')
  const made = await ask(there, 'anna', 'POST', '/api/v1/records/accounts', { name: 'New' })
  expect(made.statusCode).toBe(201)
  const url = `/api/v1/records/accounts/${made.json<{ id: string }>().id}`
  await changed('Bea C.')
  expect((await ask(there, 'anna', 'PATCH', url, { name: 'Newer' })).json()).toMatchObject({
    name: 'Newer',
    version: 2,
  })
})

test('an action that a profile lost, and a module that came, are known there at once', async () => {
  const url = await make('user:anna')
  expect(await statusThere('anna', url)).toBe(200)
  const sales = {
    system: ['useApi'],
    modules: { accounts: { actions: ['read'] }, sites: { actions: ['read'] } },
  } as const
  const sites = { fields: { name: { type: 'text', title: true } } } as const
  await apply({ ...PEOPLE, profiles: { sales }, modules: { sites } })
  expect((await ask(there, 'anna', 'PATCH', url, { name: 'Late' })).statusCode).toBe(403)
  expect(await statusThere('anna', '/api/v1/records/sites')).toBe(200)
})

test('a key that was revoked is refused there', async () => {
  const key = await newKey('bea')
  keys.set('bea, once more', key)
  expect(await statusThere('bea, once more', '/api/v1/records/accounts')).toBe(200)
  await done(operator, { method: 'DELETE', url: `/operator/v1/organizations/${slug}/keys/${parseApiKey(key)?.id}` })
  expect(await statusThere('bea, once more', '/api/v1/records/accounts')).toBe(401)
  expect(await statusThere('bea', '/api/v1/records/accounts')).toBe(200)
})
