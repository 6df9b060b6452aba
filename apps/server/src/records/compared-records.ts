import {
  fields,
  isActionGranted,
  type Key,
  levelReach,
  type Policy,
  rankOfAccess,
  reachCondition,
} from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
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
  const reading = { database, policy, owners: await readOwners(database), now }
  await forGrouping(database)
  return {
    withRecords: (modules) => modulesWithRecords(database, modules),
    loadClasses: (plan) => loadClasses(reading, plan),
    findSamples: (asked) => (asker === undefined ? Promise.resolve([]) : findSamples(reading, asker, asked)),
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

/** Only what the asker reads is named, and by its title only where he reads that. */
async function findSamples(
  reading: ClassReading,
  asker: Asker,
  { module, owners, holds, holdsNot, limit }: SampleQuestion,
): Promise<readonly Sample[]> {
  const { policy, database, now } = reading
  const { reads, title } = readerOf(policy, asker, module)
  if (!reads) return []
  const sqlOf = (condition: typeof holds) => reachToSql({ snapshot: reading, now }, module, 't', condition)
  const ids = owners.flatMap((owner) => reading.owners.idOf(owner) ?? [])
  const { rows } = await sql<{ id: string; title: string | null }>`
    select t.id, ${title === undefined ? sql`null` : sql.ref(`t.${fieldColumn(title)}`)}::text as title
    from ${sql.table(recordTable(module))} as t
    where t.deleted_at is null and t.owner_id = any(${ids}::int[]) and ${sqlOf(holds)} and not ${sqlOf(holdsNot)}
      and ${sqlOf(reachCondition(levelReach(policy, asker.user, module, 'read')))}
    limit ${limit}::int
  `.execute(database)
  return rows.map((row) => ({ id: row.id, ...(row.title === null ? {} : { title: row.title }) }))
}

function readerOf(policy: Policy, asker: Asker, module: Key) {
  const user = policy.users.get(asker.user)
  const granted = user?.status === 'active' && isActionGranted(user, module, 'read')
  const title = policy.modules.get(module)?.titleField
  const access = title && fields(policy, asker.user, module).get(title.key)
  const isShown = title && !title.encrypted && access !== undefined && rankOfAccess(access) >= rankOfAccess('read')
  return { reads: granted && asker.isLicensed(module), ...(isShown ? { title: title.key } : {}) }
}
