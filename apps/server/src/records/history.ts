import type { Key, PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { notFound } from '../problem.ts'
import { actorId } from './column-values.ts'
import { requireId } from './find-record.ts'
import { TELL_LISTENERS } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { isClear, type PresentedValue, presentValue, type View, viewOf } from './present-record.ts'
import { instant } from './reach-to-sql.ts'
import { reachedRows, requireModule } from './require-module.ts'
import { inTransaction, type Reading } from './stamped.ts'

export type HistoryAction =
  | 'create'
  | 'update'
  | 'delete'
  | 'restore'
  | 'transfer'
  | 'confide'
  | 'share'
  | 'unshare'
  | 'breakGlass'

/** Field → its stored value before and after. */
export type StoredChanges = { readonly [field: Key]: readonly [before: unknown, after: unknown] }

const INTO_HISTORY = sql`insert into history (module, record_id, version, at, actor, action, changes)`

/**
 * Writes down one line, and tells whoever listens. Lines are written by this and by `linesOfHistory`, and nowhere else: nobody would hear of
 * others.
 * @param line a select of its module, record, version, moment, actor, action and changes
 * @param also what else is to be made of the line's columns
 */
export function lineOfHistory(line: RawBuilder<unknown>, ...also: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`${INTO_HISTORY} ${line} returning ${sql.join([TELL_LISTENERS, ...also])}`
}

/** Writes down many lines; `TOLD_TO_LISTENERS` has to be run over what this returns. */
export function linesOfHistory(lines: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${INTO_HISTORY} ${lines} returning module, record_id, version, changes`
}

/** Writes down, in the transaction of the change itself, who did what to a record. */
export async function writeHistory(
  reading: Reading,
  module: Key,
  record: { readonly id: string; readonly version: number },
  action: HistoryAction,
  changes: StoredChanges,
): Promise<void> {
  const line = sql`
    values (${module}, ${record.id}::uuid, ${record.version}, ${instant(reading.now)}, ${actorId(reading)}, ${action}, ${JSON.stringify(changes)}::jsonb)`
  await lineOfHistory(line).execute(reading.database)
}

/** The changes of a written row as jsonb: each given field's value before (of `was`) and after (of `now`), where they differ. */
export function changesSql(fields: readonly Key[], was: string, now: string): RawBuilder<unknown> {
  if (fields.length === 0) return sql`'{}'::jsonb`
  const parts = fields.map((field) => {
    const before = sql.ref(`${was}.${fieldColumn(field)}`)
    const after = sql.ref(`${now}.${fieldColumn(field)}`)
    return sql`case when ${before} is distinct from ${after}
      then jsonb_build_object(${field}::text, jsonb_build_array(${before}, ${after})) else '{}'::jsonb end`
  })
  return sql.join(parts, sql` || `)
}

export interface HistoryEntry {
  readonly at: string
  readonly by: string | null
  readonly action: string
  readonly version: number
  readonly changes: readonly { readonly field: Key; readonly before: PresentedValue; readonly after: PresentedValue }[]
}

export interface HistoryRow {
  readonly at: string
  readonly actor: number | null
  readonly action: string
  readonly version: number
  readonly changes: StoredChanges
}

const MOST_ENTRIES = 500

/**
 * Who changed what on a record, newest first; of the fields, only those that exist for the person, masked where they are masked for him.
 * A change of nothing that exists for him is none that he is told of.
 * @throws Problem 404 where he doesn't read the record.
 */
export async function readHistory(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  givenId: string,
): Promise<HistoryEntry[]> {
  return inTransaction(parts, actor, async (reading) => {
    const module = await requireReadable(reading, moduleKey, givenId)
    const view = viewOf(reading, module)
    const { rows } = await sql<HistoryRow>`
      select at, actor, action, version, changes from history
      where record_id = ${requireId(givenId)}::uuid and module = ${module.key} and ${isTold(view)}
      order by id desc limit ${MOST_ENTRIES}
    `.execute(reading.database)
    return Promise.all(rows.map((row) => presentEntry(parts, reading, view, row)))
  })
}

/** The module, where the person reads the record in it; 404 otherwise. */
export async function requireReadable(reading: Reading, moduleKey: Key, givenId: string): Promise<PolicyModule> {
  const module = requireModule(reading, moduleKey, 'read')
  const { rows } = await sql`
    select t.id from ${sql.table(recordTable(module.key))} as t
    where t.id = ${requireId(givenId)}::uuid and t.deleted_at is null and ${reachedRows(reading, module.key, 'read', 't')}
  `.execute(reading.database)
  if (rows.length === 0) throw notFound()
  return module
}

/** Actions that are the change of a field, and tell that it was changed by their name. */
const CHANGE_OF = { transfer: 'owner', confide: 'confidential' } as const

/** Whether a line of history tells of anything that exists for the person. */
export function isTold({ visible }: View): RawBuilder<boolean> {
  const keys = visible.map(({ key }) => key)
  const untold = Object.entries(CHANGE_OF).flatMap(([action, field]) => (keys.includes(field) ? [] : action))
  return sql<boolean>`(action <> all(${untold}::text[]) and (action <> 'update' or changes ?| ${keys}::text[]))`
}

/** Who did it, to whom the field is clear that says so of the record. */
export function doneBy(
  { snapshot }: Pick<Reading, 'snapshot'>,
  view: View,
  { actor, action }: Pick<HistoryRow, 'actor' | 'action'>,
): string | null {
  const isShown = isClear(view, action === 'create' ? 'createdBy' : 'updatedBy')
  return isShown && actor !== null ? (snapshot.owners.refOf(actor) ?? null) : null
}

export async function presentEntry(
  parts: RecordsParts,
  reading: Reading,
  view: View,
  row: HistoryRow,
): Promise<HistoryEntry> {
  const changes = []
  for (const field of view.visible) {
    const change = row.changes[field.key]
    if (!change || !Object.hasOwn(row.changes, field.key)) continue
    const [before, after] = await Promise.all(change.map((value) => presentValue(parts, reading, view, field, value)))
    changes.push({ field: field.key, before: before ?? null, after: after ?? null })
  }
  return { at: row.at, by: doneBy(reading, view, row), action: row.action, version: row.version, changes }
}
