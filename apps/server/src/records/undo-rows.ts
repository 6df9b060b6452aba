import type { Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { fields as fieldsOf } from '@bailiwick/access'
import { sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import { Problem } from '../problem.ts'
import { actorId } from './column-values.ts'
import { linesOfHistory, type StoredChanges } from './history.ts'
import { findTargets } from './import-rows-lookups.ts'
import { type RowToWrite, writeRows } from './import-rows-write.ts'
import { lockParents } from './levels-rest-on.ts'
import { TOLD_TO_LISTENERS } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { openValue } from './present-record.ts'
import { instant } from './reach-to-sql.ts'
import { reachedRows, requireModule } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { requireWritable } from './writable-values.ts'

/** A record that an import made (`before` 0), or brought from one version to another. */
export interface RowToUndo {
  readonly id: string
  readonly before: number
  readonly after: number
}

/** How undoing came out for one record: `partly` where not every field could be given back. */
export type Undoing = 'deleted' | 'restored' | 'partly' | 'changed' | 'taken' | 'notPermitted'

interface Found {
  readonly id: string
  readonly version: number
  readonly mayDelete: boolean
  readonly mayOverwrite: boolean
}

/**
 * Undoes what an import wrote, in a transaction of `inTransaction`: records that it made go into the recycle bin, where the person may
 * delete them; those that it changed get back what they held, in the fields that he may edit, where he may overwrite them. What somebody
 * has changed since is left, unless `force` says that made records go all the same. A record that he doesn't read is not his to undo,
 * just as one that isn't there.
 * @throws Problem 404 where he doesn't read the module
 */
export async function undoRows(
  parts: RecordsParts,
  reading: Reading,
  moduleKey: Key,
  rows: readonly RowToUndo[],
  force: boolean,
): Promise<ReadonlyMap<string, Undoing>> {
  const module = requireModule(reading, moduleKey, 'read')
  const found = await lockFound(reading, module, rows)
  const outcomes = new Map(rows.map((row) => [row.id, outcomeOf(row, found.get(row.id), force)] as const))
  const idsOf = (outcome: Undoing) => rows.filter(({ id }) => outcomes.get(id) === outcome)
  await binRows(reading, module, idsOf('deleted'))
  for (const [id, outcome] of await giveBack(parts, reading, module, idsOf('restored'))) outcomes.set(id, outcome)
  return outcomes
}

async function lockFound(reading: Reading, module: PolicyModule, rows: readonly RowToUndo[]) {
  const may = (action: 'delete' | 'overwrite') => reachedRows(reading, module.key, action, 't')
  const { rows: found } = await sql<Found>`
    select t.id, t.version, ${may('delete')} as "mayDelete", ${may('overwrite')} as "mayOverwrite"
    from ${sql.table(recordTable(module.key))} as t
    where t.id = any(${rows.map(({ id }) => id)}::uuid[]) and t.deleted_at is null
      and ${reachedRows(reading, module.key, 'read', 't')}
    order by t.id for update of t`.execute(reading.database)
  const byId = new Map(found.map((one) => [one.id, one]))
  await lockParents(reading, module, [...byId.keys()])
  return byId
}

function outcomeOf({ before, after }: RowToUndo, found: Found | undefined, force: boolean): Undoing {
  const isMade = before === 0
  if (!found || !(isMade ? found.mayDelete : found.mayOverwrite)) return 'notPermitted'
  if (found.version !== after && !(isMade && force)) return 'changed'
  return isMade ? 'deleted' : 'restored'
}

async function binRows(reading: Reading, module: PolicyModule, rows: readonly RowToUndo[]): Promise<void> {
  if (rows.length === 0) return
  const [now, by] = [instant(reading.now), actorId(reading)]
  await sql`
    with binned as (
      update ${sql.table(recordTable(module.key))} as t
      set deleted_at = ${now}, updated_at = ${now}, updated_by = ${by}::int, version = t.version + 1
      where t.id = any(${rows.map(({ id }) => id)}::uuid[]) returning t.id, t.version
    ), noted as (
      ${linesOfHistory(sql`select ${module.key}, id, version, ${now}, ${by}::int, 'delete', '{}' from binned`)}
    )
    ${TOLD_TO_LISTENERS}`.execute(reading.database)
}

type Values = Record<Key, unknown>

/** Each record's own outcome, where it isn't that all was given back. */
async function giveBack(
  parts: RecordsParts,
  reading: Reading,
  module: PolicyModule,
  rows: readonly RowToUndo[],
): Promise<Map<string, Undoing>> {
  const outcomes = new Map<string, Undoing>()
  const access = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key)
  const before = await valuesBefore(parts, reading, module, rows, (key) => access.get(key) === 'edit')
  await dropUnfound(reading, module, before)
  const writes: RowToWrite[] = []
  for (const [id, { values, lost }] of before) {
    const written = writableOf(reading, module, values)
    if (lost || !written) outcomes.set(id, written && written.size > 0 ? 'partly' : 'notPermitted')
    if (written && written.size > 0) writes.push({ id, values: written })
  }
  const unwritten = await writeRows(parts, reading, module, writes)
  for (const { row } of unwritten) outcomes.set(row.id, 'taken')
  return outcomes
}

interface Before {
  readonly values: Values
  /** Something can't be given back. */
  lost: boolean
}

/** What the records held in the fields that the import changed, by their history. */
async function valuesBefore(
  parts: RecordsParts,
  reading: Reading,
  module: PolicyModule,
  rows: readonly RowToUndo[],
  isHis: (key: Key) => boolean,
): Promise<Map<string, Before>> {
  const { rows: changes } = await sql<{ id: string; changes: StoredChanges }>`
    select asked.id, history.changes
    from json_to_recordset(${JSON.stringify(rows)}::json) as asked (id uuid, before int, after int)
    join history on history.record_id = asked.id and history.module = ${module.key}
      and history.version > asked.before and history.version <= asked.after
    order by asked.id, history.version desc, history.id desc`.execute(reading.database)
  const before = new Map<string, Before>(rows.map(({ id }) => [id, { values: {}, lost: false }]))
  for (const { id, changes: stored } of changes) {
    const one = before.get(id)
    for (const [key, [value]] of Object.entries(stored)) {
      const field = module.fields.get(key)
      if (!one) continue
      if (!field || !isHis(key)) one.lost = true
      else one.values[key] = await openValue(parts, reading, module.key, field, value) // the earliest comes last
    }
  }
  return before
}

/** A record that he doesn't find is not looked up again on his behalf. */
async function dropUnfound(reading: Reading, module: PolicyModule, before: ReadonlyMap<string, Before>): Promise<void> {
  for (const field of module.fields.values()) {
    if (field.type !== 'lookup') continue
    const named = [...before.values()].filter(({ values }) => typeof values[field.key] === 'string')
    if (named.length > 0) await dropUnfoundOf(reading, field, named)
  }
}

async function dropUnfoundOf(reading: Reading, field: PolicyField, named: readonly Before[]): Promise<void> {
  const ids = new Set(named.map(({ values }) => String(values[field.key])))
  const targets = await findTargets(reading, field, 'id', ids)
  for (const one of named) {
    if (targets.has(String(one.values[field.key]))) continue
    delete one.values[field.key]
    one.lost = true
  }
}

/** The values as they are written; nothing where they are none that may be (any more). */
function writableOf(reading: Reading, module: PolicyModule, values: Values) {
  try {
    return requireWritable(reading, module, values, false)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}
