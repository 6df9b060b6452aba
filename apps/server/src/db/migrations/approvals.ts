import { type QueryExecutorProvider, sql } from 'kysely'

/** Changes of the policy that wait for other people's approval, and what they came to. Who approved is written once, and stays. */
export async function keepApprovals(owner: QueryExecutorProvider, role: string): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(owner)
  await sql`grant select on policy_changes, policy_approvals to ${sql.id(role)}`.execute(owner)
}

const STATEMENTS = [
  // json, not jsonb: a document keeps the order of its author's keys. `version`: the one that it became.
  sql`create table policy_changes (
    id integer generated always as identity primary key,
    base integer not null,
    author text not null,
    at timestamptz not null,
    reason text,
    document json not null,
    difference json not null,
    destroy text[] not null default '{}',
    state text not null default 'pending' check (state in ('pending', 'applied', 'declined', 'withdrawn')),
    ended_at timestamptz,
    ended_by text,
    version integer references policy_versions
  )`,
  sql`create table policy_approvals (
    change_id integer not null references policy_changes,
    approver text not null,
    at timestamptz not null,
    primary key (change_id, approver)
  )`,
  sql`alter table notifications add column policy_change integer references policy_changes`,
]
