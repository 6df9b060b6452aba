import type { Action, Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { requireNewOwner } from './create-record.ts'
import type { StoredValue } from './field-values.ts'
import type { LockedRecord } from './find-record.ts'
import { writeRows } from './import-rows-write.ts'
import { lockParents } from './levels-rest-on.ts'
import { lookupTargets, requireFound } from './lookups.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecord, type RecordItem, type RecordRow, recordColumns, viewOf } from './present-record.ts'
import { reachedRows, reachOf, requireModule } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { requireWritable, type WritableValues } from './writable-values.ts'

/**
 * What is done to several records at once, in one transaction of `inTransaction`: each step under the rights of its own module, in the
 * words of the gateway's single steps.
 */
export interface Step {
  readonly parts: RecordsParts
  readonly reading: Reading
}

type Body = Readonly<Record<string, unknown>>
/** Lookup field → the id of a record that this transaction itself made or locked: it needn't be looked for. */
export type Links = Readonly<Record<Key, string>>

/** The record as the person has it; nothing where he doesn't read it, or it isn't there. */
export async function findWithin(
  { parts, reading }: Step,
  moduleKey: Key,
  id: string,
): Promise<RecordItem | undefined> {
  const module = reading.snapshot.policy.modules.get(moduleKey)
  if (!module || reachOf(reading, moduleKey, 'read').kind === 'never') return undefined
  const view = viewOf(reading, module)
  const { rows } = await sql<RecordRow>`
    select ${recordColumns(reading, view, 't')} from ${sql.table(recordTable(module.key))} as t
    where t.id = ${id}::uuid and t.deleted_at is null and ${reachedRows(reading, module.key, 'read', 't')}
  `.execute(reading.database)
  const [row] = rows
  return row && presentRecord(parts, reading, view, row)
}

/**
 * Creates a record. @returns its id
 * @throws Problem 404, 403, 409 or 422, as creating it alone would
 */
export async function createWithin(step: Step, moduleKey: Key, body: Body, links: Links = {}): Promise<string> {
  return (await readyWithin(step, moduleKey, body))(links)
}

/**
 * Checks what a record is to be made of, so that of several all that is wrong is known before one is made. What comes back makes it, and
 * gives its id.
 * @throws Problem 404, 403 or 422; making it, 409 or 422
 */
export async function readyWithin(step: Step, moduleKey: Key, body: Body): Promise<(links: Links) => Promise<string>> {
  const { parts, reading } = step
  const { owner, ...fields } = body
  const module = requireModule(reading, moduleKey, 'create')
  const ownerId = requireNewOwner(reading, module, owner)
  const values = requireWritable(reading, module, fields, true, viewOf(reading, module).access)
  await requireTargets(reading, values)
  return async (links) => {
    const id = parts.newId()
    await write(step, module, { id, ownerId, values: withLinks(reading, module, values, links) })
    return id
  }
}

/**
 * Changes a record that `lockRecord` has locked for `update`.
 * @throws Problem 403, 409 or 422
 */
export async function updateWithin(
  step: Step,
  { module, id }: Pick<LockedRecord, 'module' | 'id'>,
  body: Body,
  links: Links = {},
): Promise<void> {
  const { reading } = step
  const values = requireWritable(reading, module, body, false, viewOf(reading, module).access)
  await requireTargets(reading, values)
  await write(step, module, { id, values: withLinks(reading, module, values, links) })
}

/** Links go into fields that the person may change; where he may not, they are left out. */
function withLinks(reading: Reading, module: PolicyModule, values: WritableValues, links: Links): WritableValues {
  const { access } = viewOf(reading, module)
  const linked = Object.entries(links).flatMap(([key, id]): [PolicyField, StoredValue][] => {
    const field = module.fields.get(key)
    return field && access.get(key) === 'edit' ? [[field, id]] : []
  })
  return new Map([...values, ...linked])
}

async function requireTargets(reading: Reading, values: WritableValues): Promise<void> {
  const targets = lookupTargets(values)
  const found = []
  for (const { field, id } of targets) found.push(await isReadable(reading, field.module ?? '', id))
  requireFound(targets, found)
}

/** Whether the record is there for the person; it is held against removal then, until the transaction ends. */
export async function isReadable(reading: Reading, moduleKey: Key, id: string): Promise<boolean> {
  if (reachOf(reading, moduleKey, 'read').kind === 'never') return false
  const { rows } = await sql`
    select t.id from ${sql.table(recordTable(moduleKey))} as t
    where t.id = ${id}::uuid and t.deleted_at is null and ${reachedRows(reading, moduleKey, 'read', 't')} for key share of t
  `.execute(reading.database)
  return rows.length > 0
}

async function write(
  { parts, reading }: Step,
  module: PolicyModule,
  row: { readonly id: string; readonly ownerId?: number; readonly values: WritableValues },
): Promise<void> {
  const [unwritten] = await writeRows(parts, reading, module, [row])
  if (unwritten) throw unwritten.problem
}

export interface Linked {
  readonly item: RecordItem
  /** Whether the action may be done to it. */
  readonly may: boolean
}

/**
 * Records that point at another one by a lookup, as far as the person reads them and the field in clear, in the order of their ids.
 * Those that the action may be done to are locked, with their parents.
 */
export async function lockLinked(
  { parts, reading }: Step,
  moduleKey: Key,
  lookup: { readonly field: Key; readonly id: string },
  action: Action,
  most: number,
): Promise<Linked[]> {
  const module = reading.snapshot.policy.modules.get(moduleKey)
  if (!module || reachOf(reading, moduleKey, 'read').kind === 'never' || !isClear(reading, module, lookup.field))
    return []
  const view = viewOf(reading, module)
  const { rows } = await sql<RecordRow & { readonly may: boolean }>`
    select ${recordColumns(reading, view, 't')}, ${mayDo(reading, module.key, action)} as may
    from ${sql.table(recordTable(module.key))} as t
    where ${sql.ref(`t.${fieldColumn(lookup.field)}`)} = ${lookup.id}::uuid and t.deleted_at is null
      and ${reachedRows(reading, module.key, 'read', 't')} order by t.id limit ${most}
  `.execute(reading.database)
  await lockRows(
    reading,
    module,
    rows.flatMap(({ id, may }) => (may ? [id] : [])),
  )
  return Promise.all(rows.map(async (row) => ({ item: await presentRecord(parts, reading, view, row), may: row.may })))
}

function mayDo(reading: Reading, module: Key, action: Action): RawBuilder<unknown> {
  return reachOf(reading, module, action).kind === 'never' ? sql`false` : reachedRows(reading, module, action, 't')
}

/** Who changed one of them since the transaction's snapshot makes it run again. */
async function lockRows(reading: Reading, module: PolicyModule, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    select t.id from ${sql.table(recordTable(module.key))} as t where t.id = any(${ids}::uuid[]) order by t.id for update of t
  `.execute(reading.database)
  await lockParents(reading, module, ids)
}

/** Whether the person has the field's values in clear, and so may ask by them. */
export function isClear(reading: Reading, module: PolicyModule, field: Key): boolean {
  const access = viewOf(reading, module).access.get(field)
  return module.fields.has(field) && (access === 'read' || access === 'edit')
}

/** Changes rows that `lockLinked` locked, in few statements; each body holds links alone. */
export async function linkRows(
  { parts, reading }: Step,
  moduleKey: Key,
  rows: readonly { readonly id: string; readonly links: Links }[],
): Promise<void> {
  const module = requireModule(reading, moduleKey, 'update')
  const filled = rows.map(({ id, links }) => ({ id, values: withLinks(reading, module, new Map(), links) }))
  const [unwritten] = await writeRows(
    parts,
    reading,
    module,
    filled.filter(({ values }) => values.size > 0),
  )
  if (unwritten) throw unwritten.problem
}
