import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'

/** The kind of job that brings moved owners' records to where they are; see the records room. */
export const SETTLE_OWNERS = 'settle-owners'
/** The kind of job that makes indexes of records which lists go by, and keeps no writer waiting; likewise. */
export const INDEX_RECORDS = 'index-orders'
/** On which the queue hears of new jobs. */
export const JOBS_CHANNEL = 'bailiwick_jobs'

/**
 * Puts work of the program's own into an organization's queue, to be begun with the commit by whichever process looks after jobs; one that
 * waits already will do for this as well.
 */
export async function queueOwnJob(
  transaction: QueryExecutorProvider,
  { id, schema }: OrganizationRef,
  kind: string,
  isNeeded: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  const jobs = sql.id(schema, 'jobs')
  await sql`
    with queued as (
      insert into ${jobs} (id, kind, created_at, input)
      select gen_random_uuid(), ${kind}, clock_timestamp(), '{}'
      where ${isNeeded} and not exists (select from ${jobs} where kind = ${kind} and state = 'queued')
      returning id
    ) select pg_notify(${JOBS_CHANNEL}, ${id}) from queued`.execute(transaction)
}
