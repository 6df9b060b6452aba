import { type QueryExecutorProvider, sql } from 'kysely'
import type { JobKind, RunningJob } from '../../jobs/job.ts'
import type { RecordsParts } from '../parts.ts'

/** The kind of job that the database itself queues whenever so many changes were counted. */
export const FOLD_COUNTS = 'fold-counts'

/** Differences that are replaced in one step. */
const FOLDED_AT_ONCE = 20_000
/** So many of one bucket are left as they are: to replace every row each time would be more work than adding them up. */
const LEFT = 4

export function foldCountsJob(parts: Pick<RecordsParts, 'database'>): JobKind {
  return { kind: FOLD_COUNTS, run: (job) => foldAll(parts, job) }
}

async function foldAll({ database }: Pick<RecordsParts, 'database'>, job: RunningJob): Promise<void> {
  const tables = database.organization(job.organization)
  for (;;) {
    job.goOn()
    const folded = await tables.transaction().setIsolationLevel('read committed').execute(foldCounts)
    if (folded < FOLDED_AT_ONCE) return
  }
}

/**
 * Replaces differences by their sum, in one statement: every snapshot has either those or this. Writers only ever add rows, so they and
 * this know nothing of each other; two of this at once take different rows. At read committed; `database` must be in the
 * organization's schema. @returns how many rows it took
 */
export async function foldCounts(database: QueryExecutorProvider): Promise<number> {
  const { rows } = await sql<{ folded: number }>`
    with taken as (
      select one.ctid as place from record_counts as one
      where (module, bucket, confidential) in (
        select module, bucket, confidential from record_counts group by 1, 2, 3 having count(*) > ${LEFT})
      limit ${FOLDED_AT_ONCE} for update skip locked
    ), gone as (
      delete from record_counts where ctid = any(array(select place from taken))
      returning module, bucket, confidential, n
    ), folded as (
      insert into record_counts (module, bucket, confidential, n)
      select module, bucket, confidential, sum(n) from gone group by 1, 2, 3 having sum(n) <> 0
    )
    select count(*)::int as folded from gone`.execute(database)
  return rows[0]?.folded ?? 0
}
