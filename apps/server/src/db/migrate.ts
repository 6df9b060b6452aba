import { type Kysely, type QueryExecutorProvider, sql, type Transaction } from 'kysely'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { CONTROL_MIGRATIONS } from './migrations/control.ts'
import type { Migration } from './migrations/migration.ts'
import { ORGANIZATION_MIGRATIONS } from './migrations/organization.ts'
import type { ControlTables, OrganizationRef } from './tables.ts'

/** Two servers that start at once migrate one after the other; the number is ours alone by convention. */
const LOCK = 7200_18

/**
 * Brings `control` and every organization's schema to this program's version, each in a transaction of its own: interrupted, it
 * goes on where it stopped. Throws `StartUpError` where the database is of a newer program.
 */
export async function migrate(owner: Kysely<ControlTables>): Promise<void> {
  await withMigrationLock(owner, async (transaction) => {
    await sql`create schema if not exists control`.execute(transaction)
    await migrateSchema(transaction, { schema: 'control', role: '' }, CONTROL_MIGRATIONS)
  })
  const organizations = await owner.selectFrom('organizations').select(['id', 'schema', 'role']).execute()
  for (const organization of organizations) {
    await withMigrationLock(owner, (transaction) => migrateOrganization(transaction, organization))
  }
}

/** A transaction of the login role that no other server's migration runs beside; for tables that others migrate, too. */
export function withMigrationLock<Tables, Result>(
  owner: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return owner.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction)
    return work(transaction)
  })
}

/** Brings one organization's schema, which must exist, to this program's version. */
export function migrateOrganization(transaction: QueryExecutorProvider, organization: OrganizationRef): Promise<void> {
  return migrateSchema(transaction, organization, ORGANIZATION_MIGRATIONS)
}

async function migrateSchema(
  transaction: QueryExecutorProvider,
  { schema, role }: { readonly schema: string; readonly role: string },
  migrations: readonly Migration[],
): Promise<void> {
  await sql`select set_config('search_path', quote_ident(${schema}), true)`.execute(transaction)
  await sql`create table if not exists schema_migrations (
    number integer primary key, name text not null, applied_at timestamptz not null default now())`.execute(transaction)
  const { rows } = await sql<{ reached: number }>`
    select coalesce(max(number), 0) as reached from schema_migrations`.execute(transaction)
  const reached = rows[0]!.reached
  if (reached > migrations.length) throw newerDatabase()
  for (const [index, migration] of migrations.entries()) {
    if (index < reached) continue
    await migration.up(transaction, role)
    await sql`insert into schema_migrations (number, name) values (${index + 1}, ${migration.name})`.execute(
      transaction,
    )
  }
}

function newerDatabase(): StartUpError {
  return new StartUpError(
    'The database was made or migrated by a newer Bailiwick: start that version, or restore a backup from before.',
    EXIT.configuration,
  )
}
