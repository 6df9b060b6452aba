import {
  ADMINISTRATOR,
  fields,
  isActionGranted,
  type Key,
  levelReach,
  type Policy,
  type PolicyUser,
  type ReachCondition,
  rankOfAccess,
  reachCondition,
} from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { readOwners } from '../policy/owners.ts'
import type { Asker, ComparedRecords, ComparingQuestion, Sample, SampleQuestion } from '../policy/policy-effect.ts'
import { type ClassReading, loadClasses } from './load-classes.ts'
import { reachToSql } from './reach-to-sql.ts'

/** Of tens of millions of records; a preview is worth a wait. */
const LONGEST_STATEMENT = '120s'

/** For the policy room: the records that two policies are compared over, read as every list reads them. */
export async function compareRecordsForPolicy(
  database: QueryExecutorProvider,
  _organization: OrganizationRef,
  question: ComparingQuestion,
): Promise<ComparedRecords> {
  const { policy, now, asker } = question
  // Samples are looked for among the records of named owners; where none are shown, nobody needs to be told from his like.
  const reading = { database, policy, owners: await readOwners(database), now, mergesOwners: asker === undefined }
  await forGrouping(database)
  const reader = asker && readerOf(reading, asker)
  return {
    withRecords: (modules) => modulesWithRecords(database, modules),
    loadClasses: (plan) => loadClasses(reading, plan),
    findSamples: async (asked) => (reader === undefined ? [] : findSamples(reader, asked)),
    readSamples: async (module, ids) => (reader === undefined ? [] : readSamples(reader, module, ids)),
  }
}

/**
 * To the transaction's end: compiling such a statement takes longer than running it, and its groups are hashed in memory, whatever the
 * planner makes of the look-ups of shares.
 */
async function forGrouping(database: QueryExecutorProvider): Promise<void> {
  await sql`select set_config('jit', 'off', true), set_config('work_mem', '128MB', true),
    set_config('enable_sort', 'off', true), set_config('statement_timeout', ${LONGEST_STATEMENT}, true)`.execute(
    database,
  )
}

async function modulesWithRecords(database: QueryExecutorProvider, modules: readonly Key[]): Promise<Key[]> {
  const asked = modules.map((module) => {
    const table = sql.table(recordTable(module))
    return sql`select ${module}::text as module where exists (select from ${table} where deleted_at is null)`
  })
  if (asked.length === 0) return []
  const { rows } = await sql<{ module: Key }>`${sql.join(asked, sql` union all `)}`.execute(database)
  return rows.map(({ module }) => module)
}

interface Reader {
  readonly reading: ClassReading
  readonly user: Key
  readonly isLicensed: Asker['isLicensed']
}

function readerOf(reading: ClassReading, { user, isLicensed }: Asker): Reader {
  if (user !== undefined) return { reading, user, isLicensed }
  return { reading: { ...reading, policy: withOperator(reading.policy) }, user: OPERATOR, isLicensed }
}

/** Nobody's key: keys aren't empty. */
const OPERATOR = ''

/** With the operator as a person who holds the administrator's profile and nothing else: what is confidential isn't his to read. */
function withOperator(policy: Policy): Policy {
  const administrator = policy.profiles.get(ADMINISTRATOR)
  const operator: PolicyUser = {
    key: OPERATOR,
    name: OPERATOR,
    status: 'active',
    profiles: administrator ? [administrator] : [],
    attributes: {},
    teams: [],
    leads: [],
  }
  return { ...policy, users: new Map([...policy.users, [OPERATOR, operator]]) }
}

function findSamples(reader: Reader, asked: SampleQuestion): Promise<readonly Sample[]> {
  const { module, owners, holds, holdsNot, limit } = asked
  const sqlOf = (condition: ReachCondition) => conditionSql(reader, module, condition)
  const ids = owners.flatMap((owner) => reader.reading.owners.idOf(owner) ?? [])
  const differ = sql`t.owner_id = any(${ids}::int[]) and ${sqlOf(holds)} and not ${sqlOf(holdsNot)}`
  return samplesWhere(reader, module, differ, limit)
}

function readSamples(reader: Reader, module: Key, ids: readonly string[]): Promise<readonly Sample[]> {
  return samplesWhere(reader, module, sql`t.id = any(${ids}::uuid[])`, ids.length)
}

function conditionSql({ reading }: Reader, module: Key, condition: ReachCondition): RawBuilder<unknown> {
  return reachToSql({ snapshot: reading, now: reading.now }, module, 't', condition)
}

/** Only what the asker reads is named, and by its title only where he reads that. */
async function samplesWhere(
  reader: Reader,
  module: Key,
  where: RawBuilder<unknown>,
  limit: number,
): Promise<readonly Sample[]> {
  const { reading, user, isLicensed } = reader
  const { policy, database } = reading
  if (!readsAny(policy, user, module) || !isLicensed(module)) return []
  const title = shownTitle(policy, user, module)
  const isRead = conditionSql(reader, module, reachCondition(levelReach(policy, user, module, 'read')))
  const { rows } = await sql<{ id: string; title: string | null }>`
    select t.id, ${title === undefined ? sql`null` : sql.ref(`t.${fieldColumn(title)}`)}::text as title
    from ${sql.table(recordTable(module))} as t
    where t.deleted_at is null and ${where} and ${isRead}
    limit ${limit}::int
  `.execute(database)
  return rows.map((row) => ({ id: row.id, ...(row.title === null ? {} : { title: row.title }) }))
}

function readsAny(policy: Policy, key: Key, module: Key): boolean {
  const user = policy.users.get(key)
  return user?.status === 'active' && isActionGranted(user, module, 'read')
}

function shownTitle(policy: Policy, user: Key, module: Key): Key | undefined {
  const title = policy.modules.get(module)?.titleField
  const access = title && fields(policy, user, module).get(title.key)
  const isShown = title && !title.encrypted && access !== undefined && rankOfAccess(access) >= rankOfAccess('read')
  return isShown ? title.key : undefined
}
