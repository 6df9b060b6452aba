import { type QueryExecutorProvider, sql } from 'kysely'

/** Organizations that came by themselves and were thrown away: they don't come again by themselves. */
export async function rememberThrownAway(owner: QueryExecutorProvider): Promise<void> {
  await sql`create table control.thrown_away (slug text primary key, at timestamptz not null)`.execute(owner)
}

/** Which organization it was, so that files of it that a crash kept are removed at the next start. */
export async function rememberWhichWasThrownAway(owner: QueryExecutorProvider): Promise<void> {
  await sql`alter table control.thrown_away add column organization_id uuid`.execute(owner)
}
