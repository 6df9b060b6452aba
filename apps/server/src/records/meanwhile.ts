import type { Key, PolicyField } from '@bailiwick/access'
import type { Meanwhile } from '@bailiwick/contract'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { Problem } from '../problem.ts'
import { requireAllowed, requireId } from './find-record.ts'
import { doneBy, type HistoryRow } from './history.ts'
import type { RecordsParts } from './parts.ts'
import { presentValue, type View, viewOf } from './present-record.ts'
import { inTransaction, type Reading } from './stamped.ts'

/** Changes that are looked through, the newest: enough to merge with; of more, the page is better read anew. */
const MOST_CHANGES = 500

/**
 * Does a change, and where it fails because the record moved on, says what others changed since the version that was seen: the fields that
 * exist for the person alone.
 * @throws Problem what the work throws
 */
export async function tellMeanwhile<Result>(
  parts: RecordsParts,
  actor: Actor,
  record: { readonly module: Key; readonly id: string; readonly seen: number | undefined },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const { module, id, seen } = record
    if (!(error instanceof Problem) || error.type !== 'version-moved' || seen === undefined) throw error
    throw error.with(await changesSince(parts, actor, module, id, seen))
  }
}

interface Moved {
  readonly version: number
  readonly changes: readonly Meanwhile[]
}

/** @throws Problem 404 where he doesn't read the record by now */
async function changesSince(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  seen: number,
): Promise<Moved> {
  return inTransaction(parts, actor, async (reading) => {
    const { module, version } = await requireAllowed(reading, moduleKey, id, 'read')
    const { rows } = await sql<HistoryRow>`
      select at, actor, action, version, changes from history
      where record_id = ${requireId(id)}::uuid and module = ${module.key} and version > ${seen}
      order by id desc limit ${MOST_CHANGES}
    `.execute(reading.database)
    const view = viewOf(reading, module)
    const told = await Promise.all(view.visible.map((field) => fieldChange(parts, reading, view, field, rows)))
    return { version, changes: told.filter((one) => one !== undefined) }
  })
}

/** From what the field was before the first change to what it is after the last; nothing where that is the same. */
async function fieldChange(
  parts: RecordsParts,
  reading: Reading,
  view: View,
  field: PolicyField,
  newestFirst: readonly HistoryRow[],
): Promise<Meanwhile | undefined> {
  const touching = newestFirst.filter(({ changes }) => Object.hasOwn(changes, field.key))
  const [last, first] = [touching[0], touching.at(-1)]
  if (!last || !first) return undefined
  const value = (stored: unknown) => presentValue(parts, reading, view, field, stored)
  const was = await value(first.changes[field.key]?.[0])
  const now = await value(last.changes[field.key]?.[1])
  if (JSON.stringify(was) === JSON.stringify(now) && view.access.get(field.key) !== 'masked') return undefined
  return { field: field.key, was, now, by: doneBy(reading, view, last), at: last.at }
}
