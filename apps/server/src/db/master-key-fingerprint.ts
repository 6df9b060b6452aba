import { createHmac } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { EXIT, StartUpError } from '../start-up-error.ts'
import type { ControlTables } from './tables.ts'

/**
 * Makes sure that the database was filled under this master key; an empty one takes it as its own. With another key nothing that is
 * encrypted could be opened, and what is written next couldn't be opened with the right one.
 * @throws {StartUpError} it is another key
 */
export async function requireSameMasterKey(owner: Kysely<ControlTables>, masterKey: Uint8Array): Promise<void> {
  const fingerprint = createHmac('sha256', masterKey).update('bailiwick fingerprint').digest('hex').slice(0, 32)
  const { rows } = await sql<{ fingerprint: string }>`
    update control.installation set master_key_fingerprint = coalesce(master_key_fingerprint, ${fingerprint})
    returning master_key_fingerprint as fingerprint`.execute(owner)
  if (rows[0]?.fingerprint === fingerprint) return
  throw new StartUpError(
    'The master key is not the one that this database was filled with: set BAILIWICK_MASTER_KEY_FILE to that one, or restore it from a backup.',
    EXIT.configuration,
  )
}
