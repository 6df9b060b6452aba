import { type QueryExecutorProvider, sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * The tables that every organization's schema has; record tables are the modules room's. Names stand without their schema: the
 * search_path of the migrating transaction is the organization's. A step that has been released is never edited.
 */
export const ORGANIZATION_MIGRATIONS: readonly Migration[] = [
  { name: 'policy, owners, shares, history, jobs', up: begin },
]

async function begin(owner: QueryExecutorProvider, role: string): Promise<void> {
  for (const statement of TABLES) await statement.execute(owner)
  await sql`grant select, insert, update, delete on head, policy_versions, owners, shares, history, comments, jobs, idempotency
    to ${sql.id(role)}`.execute(owner)
}

const TABLES = [
  sql`create table head (
    singleton boolean primary key default true check (singleton),
    version integer not null default 0,
    stamp bigint not null default 0
  )`,
  sql`insert into head default values`,
  // json, not jsonb: a document comes back with its keys in the order its author gave them.
  sql`create table policy_versions (
    number integer primary key,
    author text not null,
    approvers text[] not null default '{}',
    at timestamptz not null,
    reason text,
    document json not null,
    difference json not null
  )`,
  sql`create table owners (
    id integer generated always as identity primary key,
    kind text not null check (kind in ('user', 'team')),
    key text not null,
    unique (kind, key)
  )`,
  sql`create table shares (
    record_id uuid not null,
    module text not null,
    grantee text not null,
    level smallint not null check (level between 1 and 3),
    expires_at timestamptz,
    reason text,
    created_by integer references owners,
    created_at timestamptz not null,
    primary key (record_id, grantee)
  )`,
  sql`create index shares_grantee on shares (module, grantee, record_id) include (level, expires_at)`,
  sql`create table history (
    id bigint generated always as identity primary key,
    module text not null,
    record_id uuid not null,
    version integer not null,
    at timestamptz not null,
    actor integer references owners,
    action text not null,
    changes jsonb not null
  )`,
  sql`create index history_record on history (record_id, id)`,
  sql`create table comments (
    id uuid primary key,
    module text not null,
    record_id uuid not null,
    author integer references owners,
    at timestamptz not null,
    text text not null,
    mentions text[] not null default '{}'
  )`,
  sql`create index comments_record on comments (record_id, at, id)`,
  sql`create table jobs (
    id uuid primary key,
    kind text not null,
    state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    actor integer references owners,
    created_at timestamptz not null,
    started_at timestamptz,
    alive_at timestamptz,
    finished_at timestamptz,
    done bigint not null default 0,
    total bigint,
    input json not null,
    result json,
    error text
  )`,
  sql`create index jobs_waiting on jobs (state, created_at) where state in ('queued', 'running')`,
  sql`create table idempotency (
    actor integer not null references owners,
    key text not null,
    request bytea not null,
    status integer,
    headers json,
    body text,
    created_at timestamptz not null,
    primary key (actor, key)
  )`,
  sql`create index idempotency_age on idempotency (created_at)`,
]
