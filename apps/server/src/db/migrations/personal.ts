import { type QueryExecutorProvider, sql } from 'kysely'

/** What people keep for themselves: saved views, preferences, and which records they had open last. */
export async function createPersonal(owner: QueryExecutorProvider, role: string): Promise<void> {
  for (const statement of TABLES) await statement.execute(owner)
  await sql`grant select, insert, update, delete on views, preferences, recent_records to ${sql.id(role)}`.execute(
    owner,
  )
}

const TABLES = [
  sql`create table views (
    id uuid primary key,
    module text not null,
    name text not null,
    layout text not null check (layout in ('list', 'board', 'calendar', 'queue')),
    definition json not null,
    shared_with text,
    owner integer not null references owners,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create index views_owner on views (owner)`,
  sql`create index views_shared on views (shared_with) where shared_with is not null`,
  sql`create table preferences (
    owner integer primary key references owners,
    settings json not null
  )`,
  sql`create table recent_records (
    owner integer not null references owners,
    module text not null,
    record_id uuid not null,
    at timestamptz not null,
    primary key (owner, module, record_id)
  )`,
]
