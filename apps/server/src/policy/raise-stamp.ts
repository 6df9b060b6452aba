import { type QueryExecutorProvider, sql } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'

/**
 * Says that something changed that decides who is let in: every process asks the database anew before it answers. To be called by the
 * login role, in the transaction of the change itself: a change whose stamp stayed behind would be remembered for ever.
 */
export async function raiseStamp(
  owner: QueryExecutorProvider,
  { schema }: Pick<OrganizationRef, 'schema'>,
): Promise<void> {
  await sql`update ${sql.id(schema, 'head')} set stamp = stamp + 1`.execute(owner)
}
