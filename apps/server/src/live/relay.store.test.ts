import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { createLog } from '../http/log.ts'
import { LIVE_CHANNEL, tellLive } from '../records/notices.ts'
import { testDatabase } from '../testing/index.ts'
import { LiveRelay } from './relay.ts'

const { database, createOrganization } = await testDatabase()
const organization = await createOrganization()
const own = database.organization(organization)
const openRelay = () => new LiveRelay({ database, log: createLog('silent') }, () => true)
const heard: string[] = []
await database.listen(LIVE_CHANNEL, (text) => heard.push(text))

const relays: LiveRelay[] = []
afterEach(() => {
  for (const relay of relays.splice(0)) relay.stop()
})

/** Messages of as many receivers, one each. */
const tell = (from: number, to: number) =>
  sql`select ${tellLive('receivers', sql`json_build_array(one)`)} from generate_series(${from}::int, ${to}::int) as one`
const receivers = () => heard.map((text) => JSON.parse(text)).flatMap(({ receivers = [] }) => receivers)

/** What had been handed on by now has been heard. */
async function settle(): Promise<void> {
  const mark = `{"mark":${Math.random()}}`
  await sql`select pg_notify(${LIVE_CHANNEL}, ${mark})`.execute(database.control)
  await expect.poll(() => heard.at(-1)).toBe(mark)
}

test('whoever tells notifies nobody, and what he takes back is never handed on', async () => {
  heard.length = 0
  await tell(1, 2).execute(own)
  await own
    .transaction()
    .execute(async (transaction) => {
      await tell(3, 3).execute(transaction)
      throw new Error('taken back')
    })
    .catch(() => undefined)
  await settle()
  expect(receivers()).toEqual([])
  expect(await openRelay().handOn()).toBe(2)
  await settle()
  expect(receivers().sort()).toEqual([1, 2])
  expect(heard.slice(1, 3).map((text) => JSON.parse(text).schema)).toEqual([organization.schema, organization.schema])
})

test('of several that hand on, one takes each message', async () => {
  heard.length = 0
  await tell(1, 1_700).execute(own)
  const counts = await Promise.all([1, 2, 3, 4, 5, 6].map(() => openRelay().handOn()))
  const rest = await openRelay().handOn()
  await settle()
  expect(counts.reduce((sum, count) => sum + count, rest)).toBe(1_700)
  expect(receivers().sort((a, b) => a - b)).toEqual(Array.from({ length: 1_700 }, (_, at) => at + 1))
})

test('a message that another has in hand is skipped, and there again where that one ends before it is told', async () => {
  heard.length = 0
  await tell(1, 1).execute(own)
  await database.control
    .transaction()
    .execute(async (transaction) => {
      await sql`delete from control.live_outbox`.execute(transaction)
      await tell(2, 2).execute(own)
      expect(await openRelay().handOn()).toBe(1)
      throw new Error('ended')
    })
    .catch((error: Error) => expect(error.message).toBe('ended'))
  expect(await openRelay().handOn()).toBe(1)
  await settle()
  expect(receivers()).toEqual([2, 1])
})

test('one that works hands on what comes, until it is stopped', async () => {
  heard.length = 0
  const relay = openRelay()
  relays.push(relay)
  relay.start()
  await tell(1, 1_200).execute(own)
  await expect.poll(() => receivers().length).toBe(1_200)
  await tell(1_201, 1_201).execute(own)
  await expect.poll(() => receivers().at(-1)).toBe(1_201)
  relay.stop()
  await tell(1_202, 1_202).execute(own)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await settle()
  expect(receivers()).toHaveLength(1_201)
  expect(await openRelay().handOn()).toBe(1)
})

test('an organization leaves messages, but neither reads nor removes any; one that cannot be carried is refused', async () => {
  await expect(sql`select * from control.live_outbox`.execute(own)).rejects.toThrow('permission denied')
  await expect(sql`delete from control.live_outbox`.execute(own)).rejects.toThrow('permission denied')
  await expect(sql`select control.tell_live(repeat('a', 8000))`.execute(own)).rejects.toThrow('check constraint')
})
