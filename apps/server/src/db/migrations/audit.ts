import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What happened in an organization beyond its records and its policy, and the orders in which all of it is looked through. Events are
 * written once: the organization's role may neither change nor remove them.
 */
export async function keepAudit(owner: QueryExecutorProvider, role: string): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(owner)
  await sql`grant select, insert on audit_events to ${sql.id(role)}`.execute(owner)
}

const STATEMENTS = [
  sql`create table audit_events (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor integer references owners,
    action text not null,
    subject text,
    module text,
    record_id uuid,
    details jsonb not null default '{}'
  )`,
  sql`create index audit_events_at on audit_events (at, id)`,
  sql`create index audit_events_actor on audit_events (actor, at, id)`,
  sql`create index audit_events_action on audit_events (action, at, id)`,
  sql`create index audit_events_module on audit_events (module, at, id) where module is not null`,
  sql`create index audit_events_record on audit_events (record_id, at, id) where record_id is not null`,
  // What it was for, history_time does as well.
  sql`drop index history_record`,
  sql`create index history_at on history (at, id)`,
  sql`create index history_actor on history (actor, at, id)`,
  sql`create index history_module on history (module, at, id)`,
  // Who looks for creations and changes finds some on every page; the others are few among many.
  sql`create index history_rare on history (at, id) where action not in ('create', 'update')`,
  sql`create index policy_versions_at on policy_versions (at, number)`,
]

/** Superseded by the step behind it: a line of history named its actor without being held to `owners`. */
export async function trustActors(owner: QueryExecutorProvider): Promise<void> {
  await sql`alter table history drop constraint history_actor_fkey`.execute(owner)
}

/** Superseded by `lightenHistory`: it was held to them again, since nothing measurable was won without. */
export async function referToActors(owner: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table history add constraint history_actor_fkey foreign key (actor) references owners`.execute(owner)
}
