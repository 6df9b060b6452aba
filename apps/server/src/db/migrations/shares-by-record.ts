import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What a record's shares give is told by their key alone: a page of what was shared looks it up for each of its rows, and went to the
 * share itself for a level and an end.
 */
export async function tellSharesByKey(owner: QueryExecutorProvider): Promise<void> {
  await sql`alter table shares drop constraint shares_pkey,
    add primary key (record_id, grantee, broken_glass) include (level, expires_at)`.execute(owner)
}
