import { type QueryExecutorProvider, sql } from 'kysely'

/** What lies around a record: files that hang on it, comments that were edited, and its history in the order of time. */
export async function addAroundRecords(owner: QueryExecutorProvider, role: string): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(owner)
  await sql`grant select, insert, delete on files to ${sql.id(role)}`.execute(owner)
}

const STATEMENTS = [
  sql`create table files (
    id uuid primary key,
    module text not null,
    record_id uuid not null,
    name text not null,
    type text not null,
    size bigint not null,
    sha256 bytea not null,
    stored text not null unique,
    uploader integer references owners,
    at timestamptz not null
  )`,
  sql`create index files_record on files (record_id, at, id)`,
  sql`alter table comments add column edited_at timestamptz`,
  sql`create index history_time on history (record_id, at, id)`,
]
