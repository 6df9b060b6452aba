import { type QueryExecutorProvider, sql } from 'kysely'

/** Links by which people get their first sign-in: one for each user of an organization, and of its token the hash alone. */
export async function keepInvitations(owner: QueryExecutorProvider): Promise<void> {
  await sql`create table control.invitations (
    organization_id uuid not null references control.organizations on delete cascade,
    user_key text not null,
    email text not null,
    hash bytea not null unique,
    expires_at timestamptz not null,
    primary key (organization_id, user_key)
  )`.execute(owner)
}
