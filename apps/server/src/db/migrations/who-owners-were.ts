import { type QueryExecutorProvider, sql } from 'kysely'

/** Of a user whom the policy dropped, whom his key stood for: it may come back for somebody else. */
export async function rememberWhoOwnersWere(owner: QueryExecutorProvider): Promise<void> {
  await sql`alter table owners add column was text`.execute(owner)
}
