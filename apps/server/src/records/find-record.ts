import {
  type Action,
  type Key,
  LEVELS,
  type Level,
  type PolicyField,
  type PolicyModule,
  reachCondition,
} from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { invalidInput, notFound, notPermitted, problem } from '../problem.ts'
import { levelConditions, levelSql } from './level-sql.ts'
import { lockParents } from './levels-rest-on.ts'
import { wantedFields } from './list-query.ts'
import { Values } from './list-shapes/values.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecord, type RecordItem, type RecordRow, recordColumns, viewOf } from './present-record.ts'
import { rememberedRows, Slot } from './remembered-statements.ts'
import { missingLevel, reachedRows, reachOf, refusalOnModule, requireModule } from './require-module.ts'
import { withShared } from './shared-rows.ts'
import type { Reading } from './stamped.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text has the shape of a record's id. */
export function isId(text: string): boolean {
  return UUID.test(text)
}

/** The id as the database reads it. An id of another shape is one that no record has. */
export function requireId(id: string): string {
  if (!isId(id)) throw notFound()
  return id.toLowerCase()
}

/**
 * One record, as the person has it.
 * @param fields only these of its fields, `name,amount`; unstated, all that exist for him
 * @throws Problem 404 where it isn't there or isn't his to read, 422 for a field that doesn't exist for him, whatever the record
 */
export async function readRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  fields?: string,
): Promise<RecordItem> {
  const values = new Map([[ID, isId(id) ? id : NO_RECORD]])
  if (fields !== undefined) return readPart(parts, actor, moduleKey, fields, values)
  const { rows, reading } = await rememberedRows<RecordRow>(parts, actor, {
    name: `one of ${moduleKey}`,
    build: (now) => oneRow(now, requireModule(now, moduleKey, 'read'), ID),
    asksForStamp: true,
    values,
  })
  return presentFirst(parts, reading, moduleKey, rows)
}

async function readPart(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  fields: string,
  values: ReadonlyMap<Slot, unknown>,
): Promise<RecordItem> {
  let wanted: readonly PolicyField[] | undefined
  const { rows, reading } = await rememberedRows<RecordRow>(parts, actor, (now) => {
    const asked = requireFields(now, moduleKey, fields)
    wanted = asked
    return {
      name: JSON.stringify(['one of', moduleKey, asked.map(({ key }) => key)]),
      build: (at) => ({ statement: oneRow(at, requireModule(at, moduleKey, 'read'), ID, asked), keepPlan: 'asked' }),
      asksForStamp: true,
      values,
    }
  })
  return presentFirst(parts, reading, moduleKey, rows, wanted)
}

function requireFields(reading: Reading, moduleKey: Key, fields: string): readonly PolicyField[] {
  const errors: InputError[] = []
  const wanted = wantedFields(viewOf(reading, requireModule(reading, moduleKey, 'read')), fields, errors)
  if (errors.length > 0) throw invalidInput(errors)
  return wanted
}

const ID = new Slot('id')
/** The id of none, for a text that can't be one: it is asked for all the same, so that nothing tells the two apart. */
const NO_RECORD = '00000000-0000-0000-0000-000000000000'

/** The record, while the policy is in force and he reads it; to join the policy's stamp to it would have every column handed on once more. */
function oneRow(
  reading: Reading,
  module: PolicyModule,
  id: Slot,
  wanted?: readonly PolicyField[],
): RawBuilder<unknown> {
  const values = new Values()
  const { reading: shared, rows } = withShared({ ...reading, values }, rowOf(reading, module, id), [
    reachCondition(reachOf(reading, module.key, 'read')),
    ...levelConditions(reading, module.key),
  ])
  const columns = recordColumns(shared, viewOf(reading, module), 't', wanted)
  const reached = reachedRows(shared, module.key, 'read', 't')
  return sql`select one.* from ${values.row('shown')} cross join lateral (select ${columns} from ${rows} where ${reached}) as one`
}

function rowOf({ snapshot }: Reading, module: PolicyModule, id: Slot): RawBuilder<unknown> {
  const idInForce = sql`case when (select stamp from head) = ${snapshot.stamp}::bigint then ${id}::uuid end`
  return sql`select t.* from ${sql.table(recordTable(module.key))} as t where t.id = ${idInForce} and t.deleted_at is null`
}

function presentFirst(
  parts: RecordsParts,
  reading: Reading,
  moduleKey: Key,
  rows: readonly RecordRow[],
  wanted?: readonly PolicyField[],
): RecordItem | Promise<RecordItem> {
  const [row] = rows
  const module = reading.snapshot.policy.modules.get(moduleKey)
  if (!row || !module) throw notFound()
  return presentRecord(parts, reading, viewOf(reading, module), row, wanted)
}

export interface LockedRecord {
  readonly module: PolicyModule
  readonly id: string
  readonly version: number
  /** The person's own. */
  readonly level: Level
}

/**
 * Locks a record that the action may be done to, and the parents that the right may come from, for the rest of the transaction.
 * @param version the one that the caller saw; unstated, any.
 * @throws Problem 404 where he doesn't read it, 403 where he does but may not, 412 where the version moved.
 */
export async function lockRecord(
  reading: Reading,
  moduleKey: Key,
  givenId: string,
  action: Action,
  version: number | undefined,
): Promise<LockedRecord> {
  const locked = await findAllowed(reading, moduleKey, givenId, action, async ({ module, id }) => {
    await lockParents(reading, module, [id])
  })
  requireVersion(locked.version, version)
  return locked
}

/**
 * A record that the action may be done to, now; whoever goes on to do it must lock it instead.
 * @throws Problem 404 where he doesn't read it, 403 where he does but may not.
 */
export function requireAllowed(
  reading: Reading,
  moduleKey: Key,
  givenId: string,
  action: Action,
): Promise<LockedRecord> {
  return findAllowed(reading, moduleKey, givenId, action)
}

async function findAllowed(
  reading: Reading,
  moduleKey: Key,
  givenId: string,
  action: Action,
  lock?: (record: LockedRecord) => Promise<void>,
): Promise<LockedRecord> {
  const module = requireModule(reading, moduleKey, 'read')
  const refusal = refusalOnModule(reading, module.key, action)
  const id = requireId(givenId)
  const { rows } = await sql<{ readonly may: boolean; readonly version: number; readonly level: number }>`
    select t.version, ${levelSql(reading, module.key, 't')} as level,
      ${reachedRows(reading, module.key, action, 't')} as may from ${sql.table(recordTable(module.key))} as t
    where t.id = ${id}::uuid and t.deleted_at is null and ${reachedRows(reading, module.key, 'read', 't')}
    ${lock ? sql`for update of t` : sql``}`.execute(reading.database)
  const [row] = rows
  if (!row) throw notFound()
  if (refusal) throw refusal
  const record = { module, id, version: row.version, level: LEVELS[row.level] ?? 'none' }
  await lock?.(record)
  if (!row.may) throw notPermitted(missingLevel(action))
  return record
}

/** @throws Problem 412 where the caller saw another version than the one there is. */
export function requireVersion(is: number, seen: number | undefined): void {
  if (seen === undefined || seen === is) return
  throw problem(
    412,
    'version-moved',
    `Somebody changed this record meanwhile: it is at version ${is}, you sent ${seen}.`,
  )
}
