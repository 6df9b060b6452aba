import type { PolicyModule } from '@bailiwick/access'
import { CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import type { RecordsParts } from './parts.ts'
import { viewOf } from './present-record.ts'
import { type RememberedQuestion, rememberedStatement } from './remembered-statements.ts'
import { isCollision, PolicyMoved, type Reading, requireInForce, runStatement, withSnapshot } from './stamped.ts'
import { withUniqueValues } from './unique-values.ts'

/**
 * How a record is written (docs/decisions/0008-writes.md). One statement checks, changes, notes and answers. Organizations' connections
 * work at repeatable read: all of a statement reads one snapshot, and the statement fails as a whole where a row that it locks or
 * changes is another by now. So it locks whatever its right rests on: the policy's head, the record (by changing it), the parents. What
 * it found then holds until it commits; shares move only together with their record's row.
 *
 * Where somebody else comes first, waiting and starting over could go on for ever on a record that everybody writes. So the second try
 * is a patient one, at read committed: it waits for each lock in a statement of its own, and then runs the same statement, whose
 * snapshot is younger than the locks.
 */
export interface StampedWrite {
  readonly module: PolicyModule
  /** A select with the column `stamp`, over `HEAD` among its common table expressions. */
  readonly statement: RememberedQuestion
  /** What the patient way locks first, in this order. */
  locks(): readonly RawBuilder<unknown>[]
}

/**
 * The policy's head, held until the write commits: against policies, and against whatever else raises the stamp. A policy that is being applied isn't waited for here: that change may itself wait
 * for this statement to let go of a table. The select over it is empty then.
 */
export const HEAD: RawBuilder<unknown> = sql`h as materialized (select stamp from head for share skip locked)`

/** Whether the write's policy is the one in force. */
export function inForce({ snapshot }: Reading): RawBuilder<boolean> {
  return sql`exists (select from h where h.stamp = ${snapshot.stamp}::bigint)`
}

interface Stamped {
  readonly stamp: number
}

/**
 * Runs a write that `build` makes under a policy.
 * @returns what `settle` makes of the statement's one row; a problem that it throws is believed only of the policy in force
 * @throws Problem 409 where a unique value is taken, 503 where it doesn't come through
 */
export async function stampedWrite<Row, Result>(
  parts: RecordsParts,
  actor: Actor,
  build: (reading: Reading) => Promise<StampedWrite>,
  settle: (row: Row, reading: Reading) => Promise<Result>,
): Promise<Result> {
  return withSnapshot(parts, actor, async (reading) => {
    const write = await build(reading)
    const row = await withUniqueValues<Row & Stamped>(
      viewOf(reading, write.module),
      async () => (await tryAtOnce<Row & Stamped>(parts, reading, write)) ?? (await writePatiently(reading, write)),
    )
    if (row.stamp !== reading.snapshot.stamp) throw new PolicyMoved(row.stamp)
    return settle(row, reading)
  })
}

/** Nothing where somebody else was first. */
async function tryAtOnce<Row>(
  parts: RecordsParts,
  reading: Reading,
  { statement }: StampedWrite,
): Promise<Row | undefined> {
  try {
    const [row] = await runStatement<Row>(parts, reading.actor, rememberedStatement(reading, statement), true)
    return row
  } catch (error) {
    if (isCollision(error)) return undefined
    throw error
  }
}

function writePatiently<Row>(reading: Reading, { statement, locks }: StampedWrite): Promise<Row> {
  const { text, values } = rememberedStatement(reading, statement)
  return reading.database
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (transaction) => {
      await requireInForce(transaction, reading.snapshot)
      for (const lock of locks()) await lock.execute(transaction)
      const { rows } = await transaction.executeQuery<Row>(CompiledQuery.raw(text, [...values]))
      const [row] = rows
      if (!row) throw new Error('A policy that this transaction holds was not to be had.')
      return row
    })
}
