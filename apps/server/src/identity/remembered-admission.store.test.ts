import { tmpdir } from 'node:os'
import type { PolicyDocument } from '@bailiwick/access'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { assemble } from '../compose.ts'
import { readConfig } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { watchStatements } from '../hardening/watched-statements.ts'
import type { App } from '../http/app.ts'
import { createLog } from '../http/log.ts'
import { testDatabase } from '../testing/index.ts'
import { cookieOf, PASSWORD } from '../testing/test-office.ts'
import { parseApiKey } from './api-key-text.ts'

/**
 * Two programs on one database. The second one remembers who was let in, and hears of nothing: what the first one takes back must be
 * refused there at the very next request, whatever it asks for.
 */
const watched = watchStatements()
const { database, address } = await testDatabase()
const otherDatabase = await openDatabase({ address })
const clock = { lead: 0 }
const one = await start(database)
const other = await start({ ...otherDatabase, listen: async () => () => {} })
const operator = one.buildOperatorServer()
const [here, there] = [one.buildNetworkServer(), other.buildNetworkServer()]
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
    now: () => Date.now() + clock.lead,
    letGo: () => {},
  })
}

const PEOPLE = {
  bailiwick: 1,
  profiles: { sales: { system: ['useApi'], modules: { accounts: { actions: ['create', 'read', 'update'] } } } },
  users: {
    admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
    anna: { name: 'Anna', email: 'anna@nordwind.example', profiles: ['sales'] },
    bea: { name: 'Bea', email: 'bea@nordwind.example', profiles: ['sales'] },
  },
} as const satisfies PolicyDocument

for (const slug of ['nordwind', 'sudwind']) {
  const body = { slug, adminEmail: 'ada@nordwind.example', adminPassword: PASSWORD }
  await done({ method: 'POST', url: '/operator/v1/organizations', body })
}
const organizations = await database.owner
  .selectFrom('organizations')
  .select(['id', 'slug', 'schema', 'role'])
  .execute()
const nordwind = organizations.find(({ slug }) => slug === 'nordwind')
const adminKey = await newKey('admin')
await apply(PEOPLE)
for (const user of ['anna', 'bea']) await giveSignIn(user)
const asAnna = { authorization: `Bearer ${await newKey('anna')}` }
const made = await ask(here, 'POST', '/api/v1/records/accounts', asAnna, { name: 'Acme' })
const id = String(made.json().id)

beforeEach(() => {
  clock.lead = 0
})

type Credentials = Readonly<Record<string, string>>

function ask(app: App, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, credentials: Credentials, body?: object) {
  const headers = { ...credentials, 'x-bailiwick-request': '1' }
  return app.inject({ method, url, headers, ...(body && { body }) })
}

async function done(request: InjectOptions): Promise<LightMyRequestResponse> {
  const answer = await operator.inject(request)
  if (answer.statusCode >= 300) throw new Error(`${String(request.url)}: ${answer.payload}`)
  return answer
}

async function newKey(user: string): Promise<string> {
  const body = { organization: 'nordwind', user }
  return String((await done({ method: 'POST', url: '/operator/v1/keys', body })).json().key)
}

async function revoke(key: string): Promise<void> {
  await done({ method: 'DELETE', url: `/operator/v1/organizations/nordwind/keys/${parseApiKey(key)?.id}` })
}

async function giveSignIn(user: string): Promise<void> {
  await done({
    method: 'POST',
    url: '/operator/v1/sign-ins',
    body: { organization: 'nordwind', user, password: PASSWORD },
  })
}

async function apply(document: PolicyDocument): Promise<void> {
  const answer = await ask(here, 'PUT', '/api/v1/policy', { authorization: `Bearer ${adminKey}` }, document)
  if (answer.statusCode !== 200) throw new Error(answer.payload)
}

async function signIn(name: string): Promise<Credentials> {
  const body = { email: `${name}@nordwind.example`, password: PASSWORD }
  const cookie = cookieOf(await here.inject({ method: 'POST', url: '/api/auth/sign-in/email', body }))
  expect(cookie).not.toBe('')
  return { cookie }
}

const RECORD = `/api/v1/records/accounts/${id}`
const EVALUATION = {
  subject: { type: 'user', id: 'anna' },
  action: { name: 'read' },
  resource: { type: 'accounts', id },
}

interface Question {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly body?: object
}
/** Of every kind of answer one: what a statement on records gives, what the policy alone gives, and what neither does. */
const QUESTIONS: readonly Question[] = [
  { method: 'GET', url: RECORD },
  { method: 'GET', url: '/api/v1/records/accounts' },
  { method: 'GET', url: `${RECORD}/history` },
  { method: 'GET', url: `${RECORD}/explain?action=read` },
  { method: 'GET', url: '/api/v1/records/nothing-here' },
  { method: 'GET', url: `${RECORD.slice(0, -4)}0000` },
  { method: 'POST', url: '/api/v1/records/accounts/aggregate', body: { groupBy: [], measures: [{ op: 'count' }] } },
  { method: 'PATCH', url: RECORD, body: { name: 'Late' } },
  { method: 'POST', url: '/api/v1/records/accounts', body: { name: 'Late' } },
  { method: 'POST', url: '/access/v1/evaluation', body: EVALUATION },
  { method: 'POST', url: '/access/v1/evaluations', body: { ...EVALUATION, evaluations: [] } },
  {
    method: 'POST',
    url: '/access/v1/search/action',
    body: { subject: EVALUATION.subject, resource: EVALUATION.resource },
  },
  { method: 'GET', url: '/api/v1/me' },
  { method: 'GET', url: '/api/v1/modules' },
  { method: 'GET', url: '/api/v1/policy' },
  { method: 'GET', url: '/api/v1/jobs/00000000-0000-7000-8000-000000000000' },
]

/** Asks until the other program goes by what it remembers: it asks the database twice before it may. */
async function makeKnown(credentials: Credentials): Promise<void> {
  for (let times = 0; times < 3; times++) expect((await ask(there, 'GET', RECORD, credentials)).statusCode).toBe(200)
}

async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const { statements } = await watched(work)
  return statements.map(({ text }) => text)
}

describe('who is remembered', () => {
  test.each(['a key', 'a session'])(
    'by %s costs no question of who he is, and is asked of the database again in time',
    async (what) => {
      const credentials = what === 'a key' ? { authorization: `Bearer ${await newKey('anna')}` } : await signIn('anna')
      await makeKnown(credentials)
      const read = () => statementsOf(() => ask(there, 'GET', RECORD, credentials))
      expect(await read()).toHaveLength(1)
      clock.lead = 61_000
      expect((await read()).length).toBeGreaterThan(1)
      expect(await read()).toHaveLength(1)
    },
  )

  test('is asked about once more where anything changed for anybody', async () => {
    const credentials = { authorization: `Bearer ${await newKey('anna')}` }
    await makeKnown(credentials)
    await revoke(await newKey('bea'))
    expect((await ask(there, 'GET', RECORD, credentials)).statusCode).toBe(200)
    expect(await statementsOf(() => ask(there, 'GET', RECORD, credentials))).toHaveLength(1)
  })

  test('a key’s last use is written down', async () => {
    const key = await newKey('anna')
    const keyId = parseApiKey(key)?.id ?? ''
    const lastUse = async () => {
      const row = await database.owner
        .selectFrom('api_keys')
        .select('last_used_at')
        .where('id', '=', keyId)
        .executeTakeFirst()
      return Date.parse(row?.last_used_at ?? '')
    }
    await makeKnown({ authorization: `Bearer ${key}` })
    const first = await lastUse()
    clock.lead = 61_000
    await ask(there, 'GET', RECORD, { authorization: `Bearer ${key}` })
    expect(await lastUse()).toBeGreaterThanOrEqual(first + 60_000)
  })
})

describe.each(QUESTIONS)('$method $url', ({ method, url, body }) => {
  const status = async (credentials: Credentials) => (await ask(there, method, url, credentials, body)).statusCode

  test('is refused at the next request after the key was revoked', async () => {
    const key = await newKey('anna')
    await makeKnown({ authorization: `Bearer ${key}` })
    await revoke(key)
    expect(await status({ authorization: `Bearer ${key}` })).toBe(401)
  })

  test('is refused at the next request after signing out', async () => {
    const session = await signIn('anna')
    await makeKnown(session)
    expect((await ask(here, 'POST', '/api/auth/sign-out', session)).statusCode).toBe(200)
    expect(await status(session)).toBe(401)
  })

  test('is refused at the next request after suspension', async () => {
    const credentials = { authorization: `Bearer ${await newKey('anna')}` }
    await makeKnown(credentials)
    await apply({ ...PEOPLE, users: { ...PEOPLE.users, anna: { ...PEOPLE.users.anna, status: 'suspended' } } })
    const refused = await status(credentials)
    await apply(PEOPLE)
    expect(refused).toBe(401)
    expect((await ask(there, 'GET', RECORD, credentials)).statusCode).toBe(200)
  })
})

test('sessions that a new password ended are refused at the next request, and the one that set it isn’t', async () => {
  const [kept, ended] = [await signIn('bea'), await signIn('bea')]
  const me = (session: Credentials) => ask(there, 'GET', '/api/v1/me', session)
  for (const session of [kept, kept, kept, ended, ended, ended]) expect((await me(session)).statusCode).toBe(200)
  const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD} again` }
  expect((await ask(here, 'POST', '/api/auth/change-password', kept, change)).statusCode).toBe(200)
  expect((await me(ended)).statusCode).toBe(401)
  expect((await me(kept)).statusCode).toBe(200)
  await giveSignIn('bea')
  expect((await me(kept)).statusCode).toBe(401)
})

test('who is no user of the organization any more is refused at the next request', async () => {
  const session = await signIn('anna')
  await makeKnown(session)
  const newcomer = { ...PEOPLE.users.anna, email: 'annika@nordwind.example' }
  await apply({ ...PEOPLE, users: { ...PEOPLE.users, anna: newcomer } })
  expect((await ask(there, 'GET', RECORD, session)).statusCode).toBe(200)
  await makeKnown(session)
  await giveSignIn('anna')
  expect((await ask(there, 'GET', RECORD, session)).statusCode).toBe(401)
  await apply(PEOPLE)
  await giveSignIn('anna')
})

test('a session that moved to another organization acts there at the next request', async () => {
  const session = await signIn('ada')
  const me = async () => (await ask(there, 'GET', '/api/v1/me', session)).json().organization.slug
  for (let times = 0; times < 3; times++) expect(await me()).toBe('nordwind')
  const move = (organization: string) => ask(here, 'POST', '/api/v1/me/organization', session, { organization })
  expect((await move('sudwind')).statusCode).toBe(200)
  expect((await ask(there, 'GET', RECORD, session)).statusCode).toBe(404)
  expect(await me()).toBe('sudwind')
  await move('nordwind')
  expect((await ask(there, 'GET', RECORD, session)).statusCode).toBe(200)
})

test('a repeated request is not answered out of the store to who lost his key', async () => {
  const key = await newKey('anna')
  const credentials = { authorization: `Bearer ${key}`, 'idempotency-key': 'once' }
  await makeKnown({ authorization: `Bearer ${key}` })
  expect((await ask(there, 'POST', '/api/v1/records/accounts', credentials, { name: 'Once' })).statusCode).toBe(201)
  await revoke(key)
  expect((await ask(there, 'POST', '/api/v1/records/accounts', credentials, { name: 'Once' })).statusCode).toBe(401)
})

test('revoking, signing out and moving raise the stamp in the change’s own transaction', async () => {
  if (!nordwind) throw new Error('There is no nordwind')
  const stamp = async () =>
    (await database.organization(nordwind).selectFrom('head').select('stamp').executeTakeFirstOrThrow()).stamp
  const key = await newKey('anna')
  const session = await signIn('ada')
  const steps = [
    () => revoke(key),
    () => ask(here, 'POST', '/api/v1/me/organization', session, { organization: 'sudwind' }),
  ]
  for (const step of steps) {
    const before = await stamp()
    const texts = await statementsOf(step)
    expect(await stamp()).toBe(before + 1)
    const raise = texts.findIndex((text) => /update "org_nordwind"."head"/.test(text))
    expect(texts.slice(0, raise)).toContain('begin')
    expect(texts.slice(raise)).toContain('commit')
  }
})
