import { setTimeout as sleep } from 'node:timers/promises'
import { BUILT_IN_MODULES, type FieldDefinition, type Key, type PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { RULE_INDEXES, recordTable } from '../../modules/columns.ts'
import { FEW_RECORDS } from '../../modules/later-indexes.ts'
import { completeOrganizations } from '../../policy/complete-organizations.ts'
import { INDEX_RECORDS } from '../../policy/own-jobs.ts'
import { testDatabase } from '../../testing/index.ts'
import { createRecordsFixture } from '../records-fixture.ts'
import { runningJob } from '../running-job-fixture.ts'
import { indexOrdersJob } from './index-orders-job.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')

const { database, createOrganization } = await testDatabase()

type Rules = NonNullable<PolicyDocument['sharingRules']>

const FIELDS: { readonly [key: Key]: FieldDefinition } = {
  name: { type: 'text', title: true },
  town: { type: 'text' },
  size: { type: 'integer' },
}

/** Mikko has what is shared with him, of what a hundred people have. */
const document = (sharingRules: Rules, fields = FIELDS): PolicyDocument => ({
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: { own: { modules: { sites: { actions: ['read'] }, huts: { actions: ['read'] } } } },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { profiles: ['own'] },
    ...Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`rep${at}`, { profiles: ['own'] }])),
  },
  modules: { sites: { sharing: 'none', fields }, huts: { sharing: 'none', fields } },
  sharingRules,
})
const inTown = (town: string, module = 'sites'): Rules => ({
  town: { module, with: ['user:mikko'], level: 'read', when: { field: 'town', op: 'eq', value: town } },
})
const large = (value: number): Rules => ({
  large: { module: 'sites', with: ['user:mikko'], level: 'read', when: { field: 'size', op: 'gte', value } },
})
const IN_TOWN = ['rn_sites$town', 'rt_sites$town']

const organization = await createOrganization()
const office = await createRecordsFixture(database, organization, document({}), NOW)
const tables = database.organization(organization)
const SITES = sql.id(organization.schema, recordTable('sites'))

beforeAll(async () => {
  await sql`
    insert into ${SITES} (id, owner_id, created_at, updated_at, f_name, f_town, f_size)
    select gen_random_uuid(), (select id from owners where key = 'rep' || at % 100), now(), now() - at * interval '1 s',
      'Site ' || at, 'Town ' || at % 400, at
    from generate_series(1, ${FEW_RECORDS}) as at`.execute(tables)
  await sql`analyze ${SITES}`.execute(database.owner)
})

beforeEach(async () => {
  await office.apply(document({}))
  for (const { name } of await standing())
    await sql`drop index ${sql.id(organization.schema, name)}`.execute(database.owner)
  await sql`delete from jobs`.execute(tables)
})

async function standing(): Promise<readonly { name: string; whole: boolean }[]> {
  const { rows } = await sql<{ name: string; whole: boolean }>`
    select relname as name, indisvalid as whole from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = ${organization.schema}::regnamespace and left(relname, 3) = any(${RULE_INDEXES}::text[])
    order by relname`.execute(database.owner)
  return rows
}

const names = async () => (await standing()).map(({ name }) => name)
const whole = (all: readonly string[]) => all.map((name) => ({ name, whole: true }))

async function statistics() {
  const { rows } = await sql<{ name: string }>`
    select stxname as name from pg_statistic_ext where stxnamespace = ${organization.schema}::regnamespace
      and left(stxname, 3) = any(${RULE_INDEXES}::text[])`.execute(database.owner)
  return rows.map(({ name }) => name)
}

async function queued(): Promise<number> {
  const { rows } = await sql`select from jobs where kind = ${INDEX_RECORDS} and state = 'queued'`.execute(tables)
  return rows.length
}

const list = (sort: string) => office.gateway.list(office.actor('mikko'), 'sites', { sort, limit: 20, count: 'exact' })
const pages = async () => [await list('-updatedAt'), await list('name')]
const index = (patience?: number) => indexOrdersJob(office.parts, patience).run(runningJob(organization))

/** Somebody who writes a record, and hasn't come to an end. */
async function writing(): Promise<void> {
  const writer = await database.connect(organization)
  onTestFinished(async () => {
    await writer.query('rollback')
    writer.release()
  })
  await writer.query('begin')
  await writer.query(`update ${recordTable('sites')} set f_size = 0 where f_name = 'Site 7'`)
}

it('a rule about many records waits for nobody who writes them, and a job makes its indexes', async () => {
  await writing()
  await office.apply(document(inTown('Town 7')), { patience: 1_000 })
  expect([await names(), await queued()]).toEqual([[], 1])
  const [newest, byName] = await pages()
  expect(newest?.count).toEqual({ value: FEW_RECORDS / 400, exact: true })
  expect([newest?.items[0], byName?.items[0]]).toMatchObject([{ name: 'Site 7' }, { name: 'Site 10007' }])
})

it('what a job has made is what is asked for, and lists are the same', async () => {
  await office.apply(document(inTown('Town 7')))
  const before = await pages()
  await index()
  expect([await standing(), await statistics()]).toEqual([whole(IN_TOWN), ['rn_sites$town']])
  expect(await pages()).toEqual(before)
  await office.apply(document({}))
  expect([await names(), await statistics()]).toEqual([[], []])
})

it('a rule about few records has its indexes at once', async () => {
  await office.apply(document(inTown('Town 7', 'huts')))
  expect([await names(), await queued()]).toEqual([['rn_huts$town', 'rt_huts$town'], 0])
})

it('a rule that asks for what there is already makes no work', async () => {
  await office.apply(document(inTown('Town 7')))
  await index()
  await sql`delete from jobs`.execute(tables)
  await office.apply(document(inTown('Town 8')))
  expect([await standing(), await queued()]).toEqual([whole(IN_TOWN), 0])
})

it('where the records are held for long it is tried again soon, and nothing half made is used', async () => {
  await office.apply(document(inTown('Town 7')))
  const writer = await database.connect(organization)
  await writer.query('begin')
  await writer.query(`update ${recordTable('sites')} set version = version where false`)
  try {
    await sleep(60)
    await expect(index(50)).rejects.toMatchObject({ status: 503 })
    expect(await names()).toEqual([])
    // It has begun by the time that it finds out.
    await expect(index(2_000)).rejects.toMatchObject({ status: 503 })
    expect((await standing()).filter(({ whole: isWhole }) => isWhole)).toEqual([])
  } finally {
    await writer.query('rollback')
    writer.release()
  }
  await index()
  expect(await standing()).toEqual(whole(IN_TOWN))
})

it('values too long for one of its indexes keep nobody from the others', async () => {
  // The title's own indexes have room for it; not beside the town.
  const long = (length: number) =>
    sql`left((select string_agg(md5(at::text), '') from generate_series(1, 100) as at), ${length})`
  await sql`update ${SITES} set f_name = ${long(2_620)}, f_town = ${long(64)} where f_name = 'Site 1'`.execute(tables)
  onTestFinished(
    async () =>
      void (await sql`
        update ${SITES} set f_name = 'Site 1', f_town = 'Town 1' where length(f_name) > 100`.execute(tables)),
  )
  await office.apply(document({ ...inTown('Town 7'), ...large(19_000) }))
  await index()
  const made = await standing()
  expect(made.filter(({ name }) => name.includes('$town'))).toEqual(whole(['rn_sites$town']))
  expect(made.filter(({ name, whole: isWhole }) => !name.includes('$town') && isWhole)).toHaveLength(2)
})

it('what a process left half made is made anew', async () => {
  await office.apply(document(inTown('Town 7')))
  const owner = await database.connectOwner()
  const make = `create unique index concurrently rn_sites$town on "${organization.schema}".${recordTable('sites')} (f_town)`
  await expect(owner.query(make)).rejects.toThrow('could not create unique')
  owner.release()
  await index()
  expect(await standing()).toEqual(whole(IN_TOWN))
})

it('two at once: the later one is told to come again', async () => {
  await office.apply(document(inTown('Town 7')))
  const both = await Promise.allSettled([index(), index()])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await standing()).toEqual(whole(IN_TOWN))
})

/** The job, where the policy becomes another after it has looked what there is to be made. */
async function indexWhile(changed: PolicyDocument): Promise<void> {
  let confirmed = 0
  const confirm = async (of: typeof organization) => {
    const snapshot = await office.policies.confirm(of)
    confirmed += 1
    if (confirmed === 1) await office.apply(changed)
    return snapshot
  }
  await indexOrdersJob({ ...office.parts, policies: { confirm } }).run(runningJob(organization))
}

it('an index that is being made goes where its rule went meanwhile', async () => {
  await office.apply(document(inTown('Town 7')))
  await indexWhile(document({}))
  expect(await names()).toEqual([])
})

it('an index that is being made comes anew where its field became another meanwhile', async () => {
  const rules = large(19_000)
  await office.apply(document(rules))
  await indexWhile(document(rules, { ...FIELDS, size: { type: 'number' } }))
  // No number goes back into a field of whole ones.
  onTestFinished(async () => void (await sql`update ${SITES} set f_size = null`.execute(tables)))
  const { rows } = await sql<{ definition: string }>`
    select pg_get_indexdef(indexrelid) as definition from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = ${organization.schema}::regnamespace and left(relname, 3) = any(${RULE_INDEXES}::text[])
      and indisvalid`.execute(database.owner)
  expect(rows.map(({ definition }) => definition.slice(-60))).toEqual([
    expect.stringContaining("'19000'::double precision"),
    expect.stringContaining("'19000'::double precision"),
  ])
})

it('a program that starts leaves the indexes of many records to the job', async () => {
  await office.apply(document(inTown('Town 7')))
  await sql`delete from jobs`.execute(tables)
  await completeOrganizations(database, BUILT_IN_MODULES)
  expect([await names(), await queued()]).toEqual([[], 1])
  await index()
  await sql`delete from jobs`.execute(tables)
  await completeOrganizations(database, BUILT_IN_MODULES)
  expect([await standing(), await queued()]).toEqual([whole(IN_TOWN), 0])
})
