import type { PolicyField } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import { invalidInput } from '../problem.ts'
import { Slot } from './remembered-statements.ts'
import { reachedRows, reachOf } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { pointer, type WritableValues } from './writable-values.ts'

/** A record that a lookup is to point at: there for the person, or nothing is written. */
export interface LookupTarget {
  readonly field: PolicyField
  readonly id: string
}

/** Every record that a lookup is to point at must be there for the person: one he can't read is one that isn't there. */
export function lookupTargets(values: WritableValues): LookupTarget[] {
  return [...values].flatMap(([field, value]) =>
    field.type === 'lookup' && value !== null ? [{ field, id: String(value) }] : [],
  )
}

/** The targets as common table expressions: each holds the id, where it is there, locked against removal until the write commits. */
export function targetSteps(reading: Reading, targets: readonly LookupTarget[]): RawBuilder<unknown>[] {
  return targets.map(({ field }, at) => sql`${nameOf(at)} as materialized (${readable(reading, field, at)})`)
}

function readable(reading: Reading, { module }: PolicyField, at: number): RawBuilder<unknown> {
  if (module === undefined || reachOf(reading, module, 'read').kind === 'never')
    return sql`select ${slotAt(at)}::uuid as id where false`
  return sql`
    select t.id from ${sql.table(recordTable(module))} as t
    where t.id = ${slotAt(at)}::uuid and t.deleted_at is null and ${reachedRows(reading, module, 'read', 't')} for key share of t`
}

const SLOTS: Slot[] = []

function slotAt(at: number): Slot {
  SLOTS[at] ??= new Slot(`target ${at}`)
  return SLOTS[at]
}

/** What the slots of the targets are filled with. */
export function targetFillings(targets: readonly LookupTarget[]): [Slot, unknown][] {
  return targets.map(({ id }, at) => [slotAt(at), id])
}

/** Of each target, in a statement with `targetSteps`: whether it was found. */
export function targetsFound(targets: readonly LookupTarget[]): RawBuilder<boolean>[] {
  return targets.map((_target, at) => sql<boolean>`exists (select from ${nameOf(at)})`)
}

function nameOf(at: number): RawBuilder<unknown> {
  return sql.ref(`n${at}`)
}

/** @throws Problem 422 naming each field whose record wasn't found. */
export function requireFound(targets: readonly LookupTarget[], found: readonly boolean[]): void {
  const errors = targets.flatMap(({ field }, at): InputError[] =>
    found[at] ? [] : [{ path: pointer(field.key), message: 'names no record that is there' }],
  )
  if (errors.length > 0) throw invalidInput(errors)
}
