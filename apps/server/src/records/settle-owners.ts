import type { Key } from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { JobKind, RunningJob } from '../jobs/job.ts'
import { recordTable } from '../modules/columns.ts'
import { endMove, findMoved, holdPolicy } from '../policy/buckets.ts'
import { SETTLE_OWNERS } from '../policy/own-jobs.ts'
import { foldCounts } from './counts/fold-counts.ts'
import type { RecordsParts } from './parts.ts'

/** Records that are rewritten in one transaction: writers of the same records wait no longer than that takes. */
const RECORDS_AT_ONCE = 500
/** Owners whose move ends in one transaction, which keeps all writers waiting while it makes sure of their records. */
const OWNERS_AT_ONCE = 50

/**
 * Brings the records of moved owners into their new buckets. What is done is seen by what is left: ended midway, it goes on where it
 * stopped, and two of it at once only share the work.
 */
export function settleOwnersJob(parts: Pick<RecordsParts, 'database' | 'policies'>): JobKind {
  return { kind: SETTLE_OWNERS, run: (job) => settleAll(parts, job) }
}

async function settleAll(parts: Pick<RecordsParts, 'database' | 'policies'>, job: RunningJob): Promise<void> {
  const database = parts.database.organization(job.organization)
  let done = 0
  for (;;) {
    const moved = await findMoved(database, OWNERS_AT_ONCE)
    if (moved.length === 0) return
    const { policy } = await parts.policies.current(job.organization)
    const modules = [...policy.modules.keys()]
    for (const module of modules) done = await rewriteModule(parts, job, module, moved, done)
    await settle(parts, job, modules, moved)
  }
}

/** @returns how many records the job has rewritten by now */
async function rewriteModule(
  parts: Pick<RecordsParts, 'database'>,
  job: RunningJob,
  module: Key,
  owners: readonly number[],
  before: number,
): Promise<number> {
  let done = before
  for (;;) {
    job.goOn()
    const rewritten = await readCommitted(parts, job, (transaction) => rewriteSome(transaction, module, owners))
    if (rewritten === 0) return done
    done += rewritten
    await job.save({ done })
  }
}

/**
 * Nothing else of a record changes: not its version, nor when it was changed last. What is written down about how many went from where
 * to where is folded at once.
 */
async function rewriteSome(
  transaction: QueryExecutorProvider,
  module: Key,
  owners: readonly number[],
): Promise<number> {
  const table = sql.table(recordTable(module))
  const { numAffectedRows } = await sql`
    update ${table} as t set bucket = owners.bucket
    from owners
    where owners.id = t.owner_id and t.bucket <> owners.bucket and t.id = any(array(
      select t.id from owners join ${table} as t on t.owner_id = owners.id and t.bucket <> owners.bucket
      where owners.id = any(${owners}::int[]) limit ${RECORDS_AT_ONCE}))
  `.execute(transaction)
  await foldCounts(transaction)
  return Number(numAffectedRows ?? 0)
}

/** With the policy held nobody writes a record: where none of theirs is in another bucket now, none comes there later. */
async function settle(
  parts: Pick<RecordsParts, 'database'>,
  job: RunningJob,
  modules: readonly Key[],
  owners: readonly number[],
): Promise<void> {
  await readCommitted(parts, job, async (transaction) => {
    await holdPolicy(transaction, job.organization)
    for (const module of modules) {
      if (await isAnyAstray(transaction, module, owners)) return
    }
    await endMove(transaction, job.organization, owners)
  })
}

async function isAnyAstray(transaction: QueryExecutorProvider, module: Key, owners: readonly number[]) {
  const { rows } = await sql`
    select 1 from owners join ${sql.table(recordTable(module))} as t on t.owner_id = owners.id
    where owners.id = any(${owners}::int[]) and t.bucket <> owners.bucket limit 1
  `.execute(transaction)
  return rows.length > 0
}

/** Each statement as the records stand at that moment: a record that somebody else has changed meanwhile is looked at again. */
function readCommitted<Result>(
  { database }: Pick<RecordsParts, 'database'>,
  { organization }: RunningJob,
  work: (transaction: QueryExecutorProvider) => Promise<Result>,
): Promise<Result> {
  return database.organization(organization).transaction().setIsolationLevel('read committed').execute(work)
}
