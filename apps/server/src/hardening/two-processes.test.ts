import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DatabaseAddress } from '../db/connection.ts'
import { openDatabase } from '../db/database.ts'
import { parseApiKey } from '../identity/api-key-text.ts'
import { createTestDatabase, dropTestDatabase } from '../testing/index.ts'
import { RealServer } from './real-server.ts'

/**
 * Two servers as an operator runs them, on one database. What is done through the one is in force for the next request to the other,
 * which remembers by then what the person may do and who he is.
 */

const address = await createTestDatabase()
/** The address as an operator would write it; the socket's folder, or the host, stands in the query. */
function urlOf({ user, password, database, host, port }: DatabaseAddress): string {
  const place = new URLSearchParams({ host: String(host), port: String(port) })
  const who = [user, password].flatMap((part) => (part === undefined ? [] : encodeURIComponent(String(part))))
  return `postgres://${who.join(':')}@localhost/${database}?${place}`
}

const settings = { DATABASE_URL: urlOf(address), BAILIWICK_RATE_LIMIT: '99999999' }
const [one, other] = [new RealServer(settings), new RealServer(settings)]

afterAll(async () => {
  await Promise.all([one.stop(), other.stop()])
  for (const { folder } of [one, other]) rmSync(folder, { recursive: true, force: true })
  const database = await openDatabase({ address })
  const roles = await database.owner.selectFrom('organizations').select('role').execute()
  await database.close()
  await dropTestDatabase(
    address,
    roles.map(({ role }) => role),
  )
})

const POLICY: PolicyDocument = {
  bailiwick: 1,
  profiles: {
    sales: {
      system: ['useApi'],
      modules: { accounts: { actions: ['create', 'read', 'update', 'share', 'transfer'] } },
    },
    reader: { system: ['useApi'], modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
    anna: { name: 'Anna', profiles: ['sales'] },
    bea: { name: 'Bea', profiles: ['sales'] },
  },
}

const keys = new Map<string, string>()
const ACCOUNTS = '/api/v1/records/accounts'

/** As Ada, through the first server. @returns what it answered */
async function ada(method: string, path: string, body?: unknown) {
  const answer = await one.ask(keys.get('admin') ?? '', method, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

async function newKey(user: string): Promise<string> {
  const { body } = await one.askOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user })
  return String(body.key)
}

async function statusOf(method: string, path: string, body?: unknown): Promise<number> {
  return (await other.ask(keys.get('bea') ?? '', method, path, body)).status
}

/** A record of Anna's that Bea has by a share, and has read and changed on the other server. */
async function sharedWithBea(): Promise<string> {
  const made = await one.ask(keys.get('anna') ?? '', 'POST', ACCOUNTS, { name: 'Shared' })
  const id = String(made.body.id)
  await ada('POST', `${ACCOUNTS}/${id}/shares`, { with: 'user:bea', level: 'edit' })
  for (let times = 0; times < 4; times++) {
    expect(await statusOf('GET', `${ACCOUNTS}/${id}`)).toBe(200)
    expect(await statusOf('PATCH', `${ACCOUNTS}/${id}`, { phone: String(times) })).toBe(200)
  }
  return id
}

beforeAll(async () => {
  await one.start()
  copyFileSync(join(one.folder, 'master.key'), join(other.folder, 'master.key'))
  await other.start()
  keys.set('admin', await one.createOrganization('nordwind'))
  await ada('PUT', '/api/v1/policy', POLICY)
  for (const user of ['anna', 'bea']) keys.set(user, await newKey(user))
}, 120_000)

beforeEach(async () => {
  await ada('PUT', '/api/v1/policy', POLICY)
})

describe('In force for the next request to the other server', () => {
  test('a removed share', async () => {
    const id = await sharedWithBea()
    await ada('DELETE', `${ACCOUNTS}/${id}/shares?with=user:bea`)
    expect(await statusOf('GET', `${ACCOUNTS}/${id}`)).toBe(404)
    expect(await statusOf('PATCH', `${ACCOUNTS}/${id}`, { phone: 'late' })).toBe(404)
  })

  test('a transfer', async () => {
    const id = await sharedWithBea()
    await ada('POST', `${ACCOUNTS}/${id}/transfer`, { owner: 'user:anna' })
    expect(await statusOf('PATCH', `${ACCOUNTS}/${id}`, { phone: 'late' })).toBe(404)
  })

  test('a policy that takes an action away', async () => {
    const id = await sharedWithBea()
    await ada('PUT', '/api/v1/policy', {
      ...POLICY,
      users: { ...POLICY.users, bea: { name: 'Bea', profiles: ['reader'] } },
    })
    expect(await statusOf('PATCH', `${ACCOUNTS}/${id}`, { phone: 'late' })).toBe(403)
    expect(await statusOf('GET', `${ACCOUNTS}/${id}`)).toBe(200)
  })

  test('a suspension, and its end', async () => {
    const id = await sharedWithBea()
    const suspended = { name: 'Bea', profiles: ['sales'], status: 'suspended' }
    await ada('PUT', '/api/v1/policy', { ...POLICY, users: { ...POLICY.users, bea: suspended } })
    expect(await statusOf('GET', `${ACCOUNTS}/${id}`)).toBe(401)
    expect(await statusOf('PATCH', `${ACCOUNTS}/${id}`, { phone: 'late' })).toBe(401)
    expect(await statusOf('POST', ACCOUNTS, { name: 'late' })).toBe(401)
    expect(await statusOf('GET', ACCOUNTS)).toBe(401)
    await ada('PUT', '/api/v1/policy', POLICY)
    expect(await statusOf('GET', `${ACCOUNTS}/${id}`)).toBe(200)
  })

  test('a revoked key', async () => {
    const id = await sharedWithBea()
    const revoked = parseApiKey(keys.get('bea') ?? '')?.id
    const path = `/operator/v1/organizations/nordwind/keys/${revoked}`
    expect((await one.askOperator('DELETE', path, {})).status).toBe(200)
    expect(await statusOf('GET', `${ACCOUNTS}/${id}`)).toBe(401)
    expect(await statusOf('PATCH', `${ACCOUNTS}/${id}`, { phone: 'late' })).toBe(401)
    keys.set('bea', await newKey('bea'))
    expect(await statusOf('GET', `${ACCOUNTS}/${id}`)).toBe(200)
  })

  test('a change under the version that was read, whichever server it goes to', async () => {
    const id = await sharedWithBea()
    const read = await other.ask(keys.get('bea') ?? '', 'GET', `${ACCOUNTS}/${id}`)
    const headers = { 'if-match': `"${read.body.version}"` }
    const [here, there] = await Promise.all([
      one.ask(keys.get('anna') ?? '', 'PATCH', `${ACCOUNTS}/${id}`, { phone: 'here' }, headers),
      other.ask(keys.get('bea') ?? '', 'PATCH', `${ACCOUNTS}/${id}`, { phone: 'there' }, headers),
    ])
    expect([here.status, there.status].sort()).toEqual([200, 412])
  })
})
