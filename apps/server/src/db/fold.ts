import { fold } from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { EXIT, StartUpError } from '../start-up-error.ts'

/** PostgreSQL's own Unicode tables came with 18; before, ICU's root locale folds the same way. */
export const foldingCollation = (serverVersion: number) => (serverVersion >= 180000 ? 'pg_unicode_fast' : 'und-x-icu')

/**
 * Text with its pitfalls: a final sigma, a dotted capital I, a capital sharp s, an å in one piece and in two, a titlecase digraph.
 * Each has been got wrong by some collation, some locale or some version.
 */
const PROBES = ['ΟΔΟΣ', 'ΟΔΟΣ ΟΔΟΣ.', 'İ', 'ẞ', 'ß', 'Å', 'A\u030A', 'Å', 'ǅ', 'Ⅷ', 'ÀÉÎ', 'ЖЁ', '𐐀', 'I']

/** `control.fold(text)`: the engine's `fold`, for the database. The planner can inline it, so indexes on it are found. */
export function createFold(serverVersion: number): RawBuilder<unknown> {
  return sql`
    create function control.fold(text) returns text
    language sql immutable strict parallel safe
    return lower(normalize($1, nfc) collate ${sql.id(foldingCollation(serverVersion))})`
}

/** Throws `StartUpError` where the database folds some probe otherwise than the engine: lists and checks would disagree. */
export async function requireSameFold(database: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ probe: string; folded: string }>`
    select probe, control.fold(probe) as folded from unnest(${PROBES}::text[]) as probe`.execute(database)
  const wrong = rows.find(({ probe, folded }) => folded !== fold(probe))
  if (rows.length === PROBES.length && !wrong) return
  throw new StartUpError(
    `The database lower-cases text otherwise than Bailiwick does (${wrong?.probe} becomes ${wrong?.folded}): use a PostgreSQL built with ICU.`,
    EXIT.configuration,
  )
}
