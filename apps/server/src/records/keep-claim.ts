import { type RawBuilder, sql } from 'kysely'
import { actorId } from './column-values.ts'
import { Slot } from './remembered-statements.ts'
import type { Reading } from './stamped.ts'

const [KEY, HEADERS] = [new Slot('key'), new Slot('headers')]
const CREATED = 201

/**
 * As a common table expression: with what `made` holds, the request's key is kept as answered. Where the process ends before the answer
 * is out, a repetition finds that all is done.
 */
export function claimStep(reading: Reading): RawBuilder<unknown>[] {
  return reading.actor.claim ? [sql`kept as (${keep(reading, KEY, HEADERS, sql`exists (select from made)`)})`] : []
}

/** What the slots of `claimStep` are filled with. */
export function claimFillings({ actor }: Pick<Reading, 'actor'>, id: string): [Slot, unknown][] {
  if (!actor.claim) return []
  return [
    [KEY, actor.claim.key],
    [HEADERS, actor.claim.headersFor(id)],
  ]
}

/** The same in a transaction, for what has no address of its own. */
export async function keepClaim(reading: Reading): Promise<void> {
  const { claim } = reading.actor
  if (claim) await keep(reading, claim.key, claim.headersFor(undefined), sql`true`).execute(reading.database)
}

function keep(reading: Reading, key: unknown, headers: unknown, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    update idempotency set status = ${sql.lit(CREATED)}, headers = ${headers}::json
    where actor = ${actorId(reading)}::int and key = ${key}::text and status is null and ${condition}`
}
