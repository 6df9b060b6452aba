import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { createLog } from '../http/log.ts'
import { LiveRelay } from '../live/relay.ts'
import { LIVE_CHANNEL } from '../records/notices.ts'
import { testDatabase } from '../testing/index.ts'
import { createFileOffice } from './office-fixture.ts'

const { database, createOrganization } = await testDatabase()
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: { sales: { modules: { accounts: { actions: ['read', 'update', 'delete', 'import', 'overwrite'] } } } },
  users: { ada: { profiles: ['administrator'] }, mikko: { profiles: ['sales'] } },
}
const organization = await createOrganization()
const office = await createFileOffice(database, organization, DOCUMENT)
const heard: { schema: string; records?: [string, string, number][] }[] = []
const relay = new LiveRelay({ database, log: createLog('silent') }, () => false)
const stop = await database.listen(LIVE_CHANNEL, (text) => heard.push(JSON.parse(text)))
afterAll(async () => {
  stop()
  await office.close()
})
const { upload, settled, actor, gateway, ask } = office
const ada = actor('ada')

/** Until when writers tell is a row that whoever listens renews. */
const tellFor = (time: string) =>
  sql`update live set until = now() + ${time}::interval`.execute(database.organization(organization))

const handOnAll = async () => {
  while ((await relay.handOn()) > 0);
}

/** The records that are told of during the work, each with its version, and in how many messages. */
async function toldDuring(work: () => Promise<unknown>) {
  await handOnAll()
  await sql`select pg_notify(${LIVE_CHANNEL}, '{"schema":"the beginning"}')`.execute(database.control)
  await expect.poll(() => heard.at(-1)?.schema).toBe('the beginning')
  heard.length = 0
  await work()
  await handOnAll()
  await sql`select pg_notify(${LIVE_CHANNEL}, '{"schema":"the end"}')`.execute(database.control)
  await expect.poll(() => heard.at(-1)?.schema).toBe('the end')
  const messages = heard.filter(({ schema, records }) => schema === organization.schema && records)
  return { records: messages.flatMap(({ records = [] }) => records).sort(), messages: messages.length }
}

const bring = async (text: string, more: Record<string, string> = {}) =>
  settled('mikko', await upload('mikko', text, { module: 'accounts', ...more }))
const versions = async (filter: object) => {
  const { items } = await gateway.list(ada, 'accounts', { filter, limit: 200, fields: 'version' })
  return items.map(({ id, version }) => ['accounts', id, version])
}

describe('whoever listens is told', () => {
  it('of each change of a record', async () => {
    await tellFor('1 minute')
    const { id } = await gateway.create(ada, 'accounts', { name: 'Told of' })
    const told = (work: () => Promise<unknown>) => toldDuring(work).then(({ records }) => records)
    expect(await told(() => gateway.create(ada, 'accounts', { name: 'Made' }))).toEqual([
      ['accounts', expect.any(String), 1],
    ])
    expect(await told(() => gateway.update(ada, 'accounts', id, { name: 'Changed' }))).toEqual([['accounts', id, 2]])
    expect(await told(() => gateway.share(ada, 'accounts', id, { with: 'user:mikko', level: 'read' }))).toEqual([
      ['accounts', id, expect.any(Number)],
    ])
    expect(await told(() => gateway.delete(ada, 'accounts', id))).toEqual([['accounts', id, expect.any(Number)]])
    expect(await told(() => gateway.restore(ada, 'accounts', id))).toEqual([['accounts', id, expect.any(Number)]])
  })

  it('of what a file brings, changes and takes back, many in a message', async () => {
    await tellFor('1 minute')
    const file = (count: number, revenue: number) =>
      `externalId,name,revenue\n${Array.from({ length: count }, (_, at) => `t${at},Told ${at},${revenue}\n`).join('')}`
    const ours = { field: 'externalId', op: 'startsWith', value: 't' }
    const made = await toldDuring(() => bring(file(130, 1)))
    expect(made.records).toEqual((await versions(ours)).sort())
    expect(made.records).toHaveLength(130)
    expect(made.messages).toBeLessThan(10)
    let job = ''
    const changed = await toldDuring(async () => {
      job = (await bring(file(130, 2), { overwrite: 'true' })).id
    })
    expect(changed.records).toEqual((await versions(ours)).sort())
    expect(changed.records.map(([, , version]) => version)).toEqual(Array.from({ length: 130 }, () => 2))
    const undone = await toldDuring(async () =>
      settled('mikko', await ask('mikko', 'POST', `/imports/${job}/undo`, {})),
    )
    expect(undone.records).toEqual((await versions(ours)).sort())
    expect(undone.records[0]?.[2]).toBe(3)
  })

  it('of what is put into the bin again', async () => {
    await tellFor('1 minute')
    const { id: job } = await bring('externalId,name\nb1,Brought\n')
    const undone = await toldDuring(async () =>
      settled('mikko', await ask('mikko', 'POST', `/imports/${job}/undo`, {})),
    )
    expect(undone.records).toEqual([['accounts', expect.any(String), 2]])
  })

  it('and nobody else', async () => {
    await tellFor('-1 second')
    const told = await toldDuring(async () => {
      await gateway.create(ada, 'accounts', { name: 'Unheard' })
      await bring('externalId,name\nn1,Unheard as well\n')
    })
    expect(told.records).toEqual([])
  })
})
