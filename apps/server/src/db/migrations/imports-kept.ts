import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What an import wrote, row by row, so that it can be undone; and how a person mapped a file's columns, so that he needn't do it twice.
 * Nothing here points at a record or a job by a foreign key: a million rows are noted while they are imported, and each check would cost.
 */
export async function keepImports(owner: QueryExecutorProvider, role: string): Promise<void> {
  for (const statement of TABLES) await statement.execute(owner)
  await sql`grant select, insert, update, delete on import_rows, import_mappings to ${sql.id(role)}`.execute(owner)
}

const TABLES = [
  // Versions of the record: the import made it (before 0), or brought it from one to the other.
  sql`create table import_rows (
    import_id uuid not null,
    record_id uuid not null,
    before integer not null,
    after integer not null,
    primary key (import_id, record_id)
  )`,
  sql`create table import_mappings (
    actor integer not null references owners,
    module text not null,
    signature text not null,
    columns json not null,
    mapping json not null,
    options json not null,
    used_at timestamptz not null,
    primary key (actor, module, signature)
  )`,
  sql`create index jobs_of_actor on jobs (actor, kind, created_at desc, id desc)`,
]
