import { type QueryExecutorProvider, sql } from 'kysely'

/** Which master key this database's encrypted values and sessions were made with: written down at the first start with one. */
export async function keepMasterKeyFingerprint(owner: QueryExecutorProvider): Promise<void> {
  await sql`alter table control.installation add column master_key_fingerprint text`.execute(owner)
}
