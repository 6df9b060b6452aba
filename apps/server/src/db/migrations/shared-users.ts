import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * A version of the policy whose users are those of an older one names that one and doesn't hold them itself: of a document of ten thousand
 * people they are nine tenths, and most changes leave them as they are.
 */
export async function shareUsers(owner: QueryExecutorProvider): Promise<void> {
  await sql`alter table policy_versions add column users_from integer references policy_versions`.execute(owner)
}
