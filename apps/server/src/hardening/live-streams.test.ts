import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DatabaseAddress } from '../db/connection.ts'
import { openDatabase } from '../db/database.ts'
import { parseApiKey } from '../identity/api-key-text.ts'
import { createTestDatabase, dropTestDatabase } from '../testing/index.ts'
import { EventReader } from './event-reader.ts'
import { RealServer } from './real-server.ts'

/** Two servers on one database: what is done through the one is told to who listens to the other, as far as he sees it. */

const address = await createTestDatabase()
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

const ACTIONS = ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer', 'confide'] as const
const POLICY: PolicyDocument = {
  bailiwick: 1,
  profiles: {
    sales: {
      system: ['useApi'],
      modules: { accounts: { actions: ACTIONS, fields: { phone: 'hidden' } }, deals: { actions: ACTIONS } },
    },
    reader: { system: ['useApi'], modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
    anna: { name: 'Anna', profiles: ['sales'] },
    bea: { name: 'Bea', profiles: ['sales'] },
    rita: { name: 'Rita', profiles: ['reader'] },
  },
}
const SUSPENDED = {
  ...POLICY,
  users: { ...POLICY.users, bea: { name: 'Bea', profiles: ['sales'], status: 'suspended' } },
}

const keys = new Map<string, string>()
const ACCOUNTS = '/api/v1/records/accounts'
const readers: EventReader[] = []

async function ask(user: string, method: string, path: string, body?: unknown) {
  return one.ask(keys.get(user) ?? '', method, path, body)
}

async function done(user: string, method: string, path: string, body?: unknown) {
  const answer = await ask(user, method, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

/** Listens to the other server. */
async function listen(user: string, query = ''): Promise<EventReader> {
  const reader = await EventReader.open(`${other.address}/api/v1/events${query}`, keys.get(user) ?? '')
  readers.push(reader)
  await reader.until(({ events }) => events.length > 0)
  return reader
}

const account = async (user: string, name = 'Acme') => String((await done(user, 'POST', ACCOUNTS, { name })).id)
const share = (id: string, level = 'edit') =>
  done('anna', 'POST', `${ACCOUNTS}/${id}/shares`, { with: 'user:bea', level })

/** Long enough for what happened before to have been told. */
async function quiet(reader: EventReader): Promise<void> {
  await sleep(1_000)
  reader.clear()
}

beforeAll(async () => {
  await one.start()
  copyFileSync(join(one.folder, 'master.key'), join(other.folder, 'master.key'))
  await other.start()
  keys.set('admin', await one.createOrganization('nordwind'))
  await done('admin', 'PUT', '/api/v1/policy', POLICY)
  for (const user of ['anna', 'bea', 'rita']) await giveKey(user)
}, 120_000)

async function giveKey(user: string): Promise<void> {
  const { body } = await one.askOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user })
  keys.set(user, String(body.key))
}

beforeEach(async () => {
  await done('admin', 'PUT', '/api/v1/policy', POLICY)
})
afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave()
})

describe('A stream', () => {
  test('begins with how things stand', async () => {
    const id = await account('anna')
    const reader = await listen('anna', `?watch=accounts:${id}`)
    await reader.until((so) => so.of('notification').length > 0)
    expect(reader.of('record')).toEqual([{ module: 'accounts', id, version: 1 }])
    expect(reader.of('notification')).toEqual([{ unread: expect.any(Number) }])
    expect(reader.of('presence')).toEqual([{ module: 'accounts', id, people: [] }])
  })

  test('tells of watched records and of a list’s, and of none that its reader doesn’t read', async () => {
    const [own, hers] = [await account('bea'), await account('anna')]
    const reader = await listen('bea', `?watch=accounts:${own},accounts:${hers}&module=accounts`)
    await quiet(reader)
    await done('anna', 'PATCH', `${ACCOUNTS}/${hers}`, { website: 'https://a.example' })
    await done('bea', 'PATCH', `${ACCOUNTS}/${own}`, { website: 'https://b.example' })
    await reader.until((so) => so.of('record').length > 0)
    const made = await account('bea', 'New')
    await reader.until((so) => so.of('record').length > 1)
    expect(reader.events).toEqual([
      { event: 'record', data: { module: 'accounts', id: own, version: 2 } },
      { event: 'record', data: { module: 'accounts', id: made, version: 1 } },
    ])
  })

  test('tells of a record from the share on, and that it is gone when the share is', async () => {
    const id = await account('anna')
    const reader = await listen('bea', `?watch=accounts:${id}`)
    await quiet(reader)
    await share(id)
    await reader.until((so) => so.of('record').length > 0 && so.of('notification').length > 0)
    await done('anna', 'POST', `${ACCOUNTS}/${id}/comments`, { text: 'Hello.' })
    await reader.until((so) => so.of('comment').length > 0)
    await done('anna', 'DELETE', `${ACCOUNTS}/${id}/shares?with=user:bea`)
    await reader.until((so) => so.of('gone').length > 0)
    await quiet(reader)
    await done('anna', 'PATCH', `${ACCOUNTS}/${id}`, { website: 'https://a.example' })
    await done('anna', 'POST', `${ACCOUNTS}/${id}/comments`, { text: 'About @bea.' })
    await sleep(1_000)
    expect(reader.of('record')).toEqual([])
    expect(reader.of('comment')).toEqual([])
    expect(reader.of('notification').every(({ unread }) => unread === 0)).toBe(true)
  })

  test('tells of a new notification, and not of one whose field is hidden', async () => {
    const id = await account('anna')
    const reader = await listen('anna')
    await quiet(reader)
    const before = (await done('anna', 'GET', '/api/v1/notifications')).unread
    await done('admin', 'PATCH', `${ACCOUNTS}/${id}`, { phone: '040 1' })
    await sleep(1_000)
    expect(reader.events).toEqual([])
    await done('admin', 'PATCH', `${ACCOUNTS}/${id}`, { website: 'https://a.example' })
    await reader.until((so) => so.of('notification').length > 0)
    expect(reader.events).toEqual([{ event: 'notification', data: { unread: Number(before) + 1 } }])
    await done('anna', 'POST', '/api/v1/notifications/read', { all: true })
    await reader.until((so) => so.of('notification').some(({ unread }) => unread === 0))
  })

  test('tells that the policy is another, and goes by it', async () => {
    const id = await account('anna')
    await share(id, 'read')
    const reader = await listen('bea', `?watch=accounts:${id}`)
    await quiet(reader)
    const nothing = { ...POLICY, users: { ...POLICY.users, bea: { name: 'Bea', profiles: [] } } }
    await done('admin', 'PUT', '/api/v1/policy', nothing)
    await reader.until((so) => so.isEnded || so.of('policy').length > 0)
    // Without useApi a key lets nobody in.
    await reader.until((so) => so.isEnded)
  })

  test('ends within seconds when its reader is suspended', async () => {
    const reader = await listen('bea', '?module=accounts')
    await done('admin', 'PUT', '/api/v1/policy', SUSPENDED)
    const since = Date.now()
    await reader.until((so) => so.isEnded)
    expect(Date.now() - since).toBeLessThan(5_000)
    expect(reader.of('bye')).toEqual([{ reason: 'ended' }])
  })

  test('ends within seconds when its key is revoked', async () => {
    const reader = await listen('rita', '?module=accounts')
    const path = `/operator/v1/organizations/nordwind/keys/${parseApiKey(keys.get('rita') ?? '')?.id}`
    expect((await one.askOperator('DELETE', path, {})).status).toBe(200)
    await reader.until((so) => so.isEnded)
    expect(reader.of('bye')).toEqual([{ reason: 'ended' }])
    await giveKey('rita')
  })

  test('is one of ten at most that a person has', async () => {
    for (let at = 0; at < 10; at++) await listen('anna')
    await expect(listen('anna')).rejects.toThrow(/^429/)
    await expect(listen('bea')).resolves.toBeDefined()
  })
})

describe('Presence', () => {
  test('is told to who watches the record and reads it, from either server', async () => {
    const id = await account('anna')
    await share(id, 'read')
    const [watcher, stranger] = [
      await listen('anna', `?watch=accounts:${id}`),
      await listen('rita', `?watch=accounts:${id}`),
    ]
    await Promise.all([quiet(watcher), quiet(stranger)])
    const here = await done('bea', 'POST', `${ACCOUNTS}/${id}/presence`, { editing: false })
    expect(here.people).toEqual([{ ref: 'user:bea', name: 'Bea', editing: false }])
    await watcher.until((so) => so.of('presence').length > 0)
    expect(watcher.of('presence').at(-1)).toEqual({ module: 'accounts', id, people: here.people })
    await done('bea', 'POST', `${ACCOUNTS}/${id}/presence`, { editing: false, away: true })
    await watcher.until((so) => so.of('presence').length > 1)
    expect(watcher.of('presence').at(-1)).toMatchObject({ people: [] })
    expect(stranger.events).toEqual([])
  })

  test('is for who reads the record; editing it, for who may change it', async () => {
    const id = await account('anna')
    const say = (editing: boolean) => ask('bea', 'POST', `${ACCOUNTS}/${id}/presence`, { editing })
    expect((await say(false)).status).toBe(404)
    await share(id, 'read')
    expect((await say(true)).status).toBe(403)
    expect((await say(false)).status).toBe(200)
    await share(id, 'edit')
    expect((await say(true)).body.people).toEqual([{ ref: 'user:bea', name: 'Bea', editing: true }])
  })
})

test('a server that stops says good-bye, and is not held up by who listens', async () => {
  const reader = await listen('anna')
  const since = Date.now()
  expect(await other.stop()).toBe(0)
  expect(Date.now() - since).toBeLessThan(10_000)
  expect(reader.of('bye')).toEqual([{ reason: 'stopping' }])
  await other.start()
})
