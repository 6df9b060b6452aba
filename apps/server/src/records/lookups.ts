import type { PolicyField } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import { invalidInput } from '../problem.ts'
import { reachedRows, reachOf } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { pointer, type WritableValues } from './writable-values.ts'

/** A record that a lookup is to point at. */
export interface LookupTarget {
  readonly field: PolicyField
  /** Its id, where it is there for the person; locked against removal until the transaction ends. */
  readonly select: RawBuilder<unknown>
}

/** Every record that a lookup is to point at must be there for the person: one he can't read is one that isn't there. */
export function lookupTargets(reading: Reading, values: WritableValues): LookupTarget[] {
  return [...values].flatMap(([field, value]) =>
    field.type === 'lookup' && value !== null ? [{ field, select: readable(reading, field, String(value)) }] : [],
  )
}

function readable(reading: Reading, { module }: PolicyField, id: string): RawBuilder<unknown> {
  if (module === undefined || reachOf(reading, module, 'read').kind === 'never')
    return sql`select null::uuid as id where false`
  return sql`
    select t.id from ${sql.table(recordTable(module))} as t
    where t.id = ${id}::uuid and t.deleted_at is null and ${reachedRows(reading, module, 'read', 't')} for key share of t`
}

/** The targets as common table expressions. */
export function targetSteps(targets: readonly LookupTarget[]): RawBuilder<unknown>[] {
  return targets.map(({ select }, at) => sql`${nameOf(at)} as materialized (${select})`)
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
