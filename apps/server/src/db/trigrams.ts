import { type Kysely, sql } from 'kysely'
import { withMigrationLock } from './migrate.ts'
import type { ControlTables } from './tables.ts'

/**
 * Makes trigrams known to the database where its server has them. Without them a word is looked for in all of a module's texts, one by one.
 * @returns what the operator is to be told, where they aren't there
 */
export async function addTrigrams(owner: Kysely<ControlTables>): Promise<string | undefined> {
  const { rows } = await sql<{ is_here: boolean; is_known: boolean }>`
    select exists (select from pg_extension where extname = 'pg_trgm') as is_here,
      exists (select from pg_available_extensions where name = 'pg_trgm') as is_known`.execute(owner)
  if (rows[0]?.is_here) return undefined
  if (!rows[0]?.is_known) {
    return 'The database server lacks pg_trgm, so rare words are searched for slowly: install PostgreSQL\'s "contrib" and start again.'
  }
  try {
    await withMigrationLock(owner, (transaction) =>
      sql`create extension if not exists pg_trgm with schema control`.execute(transaction),
    )
    return undefined
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return `The database won't have pg_trgm (${said}), so rare words are searched for slowly: "create extension pg_trgm" as its owner and start again.`
  }
}
