import { setTimeout as sleep } from 'node:timers/promises'
import { BUILT_IN_MODULES, type FieldDefinition, type Key, type PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { createLog } from '../../http/log.ts'
import { JobStopped } from '../../jobs/job.ts'
import { Jobs } from '../../jobs/jobs.ts'
import { ORDER_INDEXES, recordTable } from '../../modules/columns.ts'
import { FEW_RECORDS } from '../../modules/later-indexes.ts'
import { createLivePolicies } from '../../policy/live-policy.ts'
import { INDEX_RECORDS } from '../../policy/own-jobs.ts'
import { testDatabase } from '../../testing/index.ts'
import { createGateway } from '../gateway.ts'
import type { ListQuery } from '../list-query.ts'
import { createRecordsFixture } from '../records-fixture.ts'
import { runningJob } from '../running-job-fixture.ts'
import { indexOrdersJob } from './index-orders-job.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const HOUR = 3_600_000
const { database, createOrganization } = await testDatabase()

type Fields = { readonly [key: Key]: FieldDefinition }

const FIELDS: Fields = {
  name: { type: 'text', title: true },
  town: { type: 'text' },
  stage: { type: 'choice', options: ['new', 'won', 'lost'] },
  opened: { type: 'date' },
  country: { type: 'text', indexed: true },
  code: { type: 'text', unique: true },
  notes: { type: 'longText' },
  site: { type: 'url' },
}

/** Anna sees all of what fifty people have; Mikko has his own, and there are few of them. */
const document = (fields: Fields): PolicyDocument => ({
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: {
    all: { modules: { sites: { actions: ['read'], viewAll: true }, huts: { actions: ['read'], viewAll: true } } },
    own: { modules: { sites: { actions: ['read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    anna: { profiles: ['all'] },
    mikko: { profiles: ['own'] },
    ...Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`rep${at}`, { profiles: ['own'] }])),
  },
  modules: { sites: { sharing: 'none', fields }, huts: { sharing: 'none', fields } },
})

const organization = await createOrganization()
const office = await createRecordsFixture(database, organization, document(FIELDS), NOW)
const tables = database.organization(organization)
const SITES = sql.id(organization.schema, recordTable('sites'))

beforeAll(async () => {
  await sql`
    insert into ${SITES} (id, owner_id, created_at, updated_at, f_name, f_town, f_stage, f_opened)
    select gen_random_uuid(), (select id from owners where key = 'rep' || at % 50), now(), now(), 'Site ' || at,
      'Town ' || at % 100, (array['new', 'won', 'lost', null])[1 + at % 4], date '2026-01-01' + at % 300
    from generate_series(1, ${FEW_RECORDS}) as at`.execute(tables)
  await office.addRecord('huts', 'user:rep1')
  for (const table of [SITES, sql.id(organization.schema, recordTable('huts'))]) {
    await sql`analyze ${table}`.execute(database.owner)
  }
})

/** Each test begins without orders, under a policy that no process has been asked under. */
beforeEach(async () => {
  for (const { name } of await standing())
    await sql`drop index ${sql.id(organization.schema, name)}`.execute(database.owner)
  await sql`delete from asked_orders`.execute(tables)
  await sql`delete from jobs`.execute(tables)
  await office.apply(document(FIELDS))
  await sql`update head set stamp = stamp + 1`.execute(tables)
})

async function standing(): Promise<readonly { name: string; whole: boolean }[]> {
  const { rows } = await sql<{ name: string; whole: boolean }>`
    select relname as name, indisvalid as whole from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = ${organization.schema}::regnamespace and starts_with(relname, ${ORDER_INDEXES})
    order by relname`.execute(database.owner)
  return rows
}

const names = async () => (await standing()).map(({ name }) => name)

async function asked() {
  const { rows } = await sql<{ sort: string }>`select sort from asked_orders order by sort`.execute(tables)
  return rows.map(({ sort }) => sort)
}

async function jobs() {
  const { rows } = await sql<{ state: string }>`select state from jobs where kind = ${INDEX_RECORDS}`.execute(tables)
  return rows.map(({ state }) => state)
}

const list = (query: ListQuery, user = 'anna', module = 'sites', now = NOW) =>
  office.gateway.list({ ...office.actor(user), asking: { now } }, module, query)

const index = (patience?: number, goOn?: () => void) =>
  indexOrdersJob(office.parts, patience).run(runningJob(organization, goOn))

it('an order that everybody’s records are looked through for gets an index', async () => {
  const before = await list({ sort: '-opened' })
  const queue = new Jobs({ ...office.parts, log: createLog('silent'), now: () => Date.now() }, [
    indexOrdersJob(office.parts),
  ])
  onTestFinished(() => queue.stop())
  await queue.start()
  while ((await jobs())[0] !== 'done') await sleep(5)
  expect(await standing()).toEqual([{ name: 'l_sites$opened', whole: true }])
  expect((await list({ sort: '-opened' })).items).toEqual(before.items)
})

it('one for both directions, one for several keys as far as they fit, and none where there is one', async () => {
  for (const sort of [
    'town',
    '-town',
    'stage,-opened',
    'town,name',
    'name',
    '-updatedAt',
    'country',
    'code',
    'id,town',
  ]) {
    await list({ sort })
  }
  expect(await asked()).toEqual(['stage,-opened', 'town'])
  await index()
  expect(await names()).toEqual([expect.stringMatching(/^l_sites\$\$[0-9a-f]{16}$/), 'l_sites$town'])
})

it('texts that don’t fit an index’s entry have none', async () => {
  for (const sort of ['notes', 'site', 'notes,town']) await list({ sort })
  expect(await asked()).toEqual([])
  await list({ sort: 'town,notes' })
  expect(await asked()).toEqual(['town'])
})

it('few records, and whoever reaches few, ask for none', async () => {
  await list({ sort: 'town' }, 'anna', 'huts')
  await list({ sort: 'town' }, 'mikko')
  expect([await asked(), await jobs()]).toEqual([[], []])
})

it('is asked for once an hour by a process, and made once', async () => {
  await list({ sort: 'town' })
  await sql`update asked_orders set asked_at = now() - interval '2 hours'`.execute(tables)
  await list({ sort: 'town' })
  expect(await jobs()).toEqual(['queued'])
  const { rows } = await sql<{ fresh: boolean }>`
    select asked_at > now() - interval '1 minute' as fresh from asked_orders`.execute(tables)
  expect(rows).toEqual([{ fresh: false }])
  await index()
  await sql`delete from jobs`.execute(tables)
  await list({ sort: 'town' }, 'anna', 'sites', NOW + HOUR)
  const again = await sql<{ fresh: boolean }>`
    select asked_at > now() - interval '1 minute' as fresh from asked_orders`.execute(tables)
  expect([again.rows, await jobs()]).toEqual([[{ fresh: true }], []])
})

it('processes that ask at once don’t stand in each other’s way', async () => {
  const processes = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const policies = createLivePolicies(database, { catalogue: BUILT_IN_MODULES })
      await policies.confirm(organization)
      return createGateway({ ...office.parts, policies })
    }),
  )
  for (const sort of ['town', 'opened', 'stage', 'stage,-opened']) {
    await Promise.all(processes.map((gateway) => gateway.list(office.actor('anna'), 'sites', { sort })))
  }
  expect(await asked()).toEqual(['opened', 'stage', 'stage,-opened', 'town'])
})

it('waits for nobody for long: where records are held it is made another time', async () => {
  await list({ sort: 'town' })
  const writer = await database.connect(organization)
  await writer.query('begin')
  await writer.query(`update ${recordTable('sites')} set version = version where false`)
  try {
    await index(50)
    expect((await standing()).filter(({ whole }) => whole)).toEqual([])
  } finally {
    await writer.query('rollback')
    writer.release()
  }
  await index()
  expect(await standing()).toEqual([{ name: 'l_sites$town', whole: true }])
})

it('what a process left half made is made anew', async () => {
  await list({ sort: 'town' })
  const owner = await database.connectOwner()
  const make = `create unique index concurrently l_sites$town on "${organization.schema}".${recordTable('sites')} (f_town)`
  await expect(owner.query(make)).rejects.toThrow('could not create unique')
  owner.release()
  expect(await standing()).toEqual([{ name: 'l_sites$town', whole: false }])
  await sql`delete from jobs`.execute(tables)
  await list({ sort: 'town' }, 'anna', 'sites', NOW + HOUR)
  expect(await jobs()).toEqual(['queued'])
  await index()
  expect(await standing()).toEqual([{ name: 'l_sites$town', whole: true }])
})

it('a process that ends midway leaves the rest for the next', async () => {
  await list({ sort: 'town' })
  await list({ sort: 'opened' })
  let steps = 0
  const ending = () => {
    steps += 1
    if (steps > 1) throw new JobStopped()
  }
  await expect(index(undefined, ending)).rejects.toThrow(JobStopped)
  expect(await names()).toHaveLength(1)
  await index()
  expect(await names()).toHaveLength(2)
})

it('what was made of a field that is another by then goes again', async () => {
  await list({ sort: 'town' })
  let steps = 0
  const change = () => {
    steps += 1
    return steps === 1 ? office.apply(document({ ...FIELDS, town: { type: 'longText' } })) : undefined
  }
  const { policies } = office
  const late = { ...office.parts, policies: { confirm: policies.confirm.bind(policies) } }
  const confirm = late.policies.confirm
  late.policies.confirm = async (of) => {
    const snapshot = await confirm(of)
    await change()
    return snapshot
  }
  await indexOrdersJob(late).run(runningJob(organization))
  expect(await names()).toEqual([])
})

it('values too long for it are told, and nobody tries again', async () => {
  const { rows } = await sql<{ id: string }>`
    update ${SITES} set f_town = (select string_agg(md5(at::text), '') from generate_series(1, 200) as at)
    where id = (select id from ${SITES} limit 1) returning id`.execute(tables)
  onTestFinished(
    async () => void (await sql`update ${SITES} set f_town = 'Town' where id = ${rows[0]?.id}`.execute(tables)),
  )
  await list({ sort: 'town' })
  await index()
  expect(await names()).toEqual([])
  await sql`delete from jobs`.execute(tables)
  await list({ sort: 'town' }, 'anna', 'sites', NOW + HOUR)
  expect(await jobs()).toEqual([])
})

it('goes when nobody has asked for it in thirty days, with the next list in any order', async () => {
  await list({ sort: 'town' })
  await list({ sort: 'opened' })
  await index()
  await sql`delete from jobs`.execute(tables)
  await sql`update asked_orders set asked_at = now() - interval '31 days' where sort = 'town'`.execute(tables)
  await list({ sort: 'opened' }, 'anna', 'sites', NOW + HOUR)
  expect(await jobs()).toEqual(['queued'])
  await index()
  expect(await names()).toEqual(['l_sites$opened'])
})

it('follows the field: indexed it isn’t needed, of another type it comes anew, and it goes with it', async () => {
  const make = async (sort: string) => {
    await list({ sort })
    await index()
  }
  await make('town')
  await office.apply(document({ ...FIELDS, town: { type: 'text', indexed: true } }))
  expect(await names()).toEqual([])
  await office.apply(document(FIELDS))
  await make('town')
  await make('stage,town')
  expect(await names()).toHaveLength(2)
  await office.apply(document({ ...FIELDS, town: { type: 'longText' } }))
  expect(await names()).toEqual([])
  await office.apply(document(FIELDS))
  await make('opened')
  const { opened: _opened, ...left } = FIELDS
  await office.apply(document(left), { destroy: ['sites.opened'] })
  expect(await names()).not.toContain('l_sites$opened')
  await make('stage')
  await office.apply(document({ ...left, stage: { type: 'choices', options: ['new', 'won', 'lost'] } }))
  expect(await names()).toEqual(['l_sites$town'])
})
