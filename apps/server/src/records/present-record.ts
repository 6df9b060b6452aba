import type { FieldAccess, FieldValue, Key, Level, PolicyField, PolicyModule } from '@bailiwick/access'
import { fields as fieldsOf, LEVELS, levelReach, maskValue, reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn } from '../modules/columns.ts'
import { fromStored } from './field-values.ts'
import type { RecordsParts } from './parts.ts'
import { reachToSql } from './reach-to-sql.ts'
import type { Reading } from './stamped.ts'

export type PresentedValue = FieldValue | { readonly masked: string }
/** A record as it leaves the gateway: `id`, `version`, `access`, and the fields that exist for whoever asked. */
export type RecordItem = { readonly id: string; readonly version: number; readonly access: Exclude<Level, 'none'> } & {
  readonly [field: Key]: PresentedValue
}

export type RecordRow = { readonly id: string; readonly level: number } & { readonly [column: string]: unknown }

/** The fields of a module as one person has them. */
export interface View {
  readonly module: PolicyModule
  readonly access: ReadonlyMap<Key, FieldAccess>
  /** Those that exist for him, in the module's order. */
  readonly visible: readonly PolicyField[]
}

export function viewOf(reading: Reading, module: PolicyModule): View {
  const access = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key)
  return { module, access, visible: [...module.fields.values()].filter((field) => access.get(field.key) !== 'hidden') }
}

/** The columns that a presented record needs, and no others: what is hidden is never selected. */
export function recordColumns(
  reading: Reading,
  view: View,
  alias: string,
  wanted: readonly PolicyField[] = view.visible,
): RawBuilder<unknown> {
  const keys = new Set(['id', 'version', ...wanted.map((field) => field.key)])
  const columns = [...keys].map((key) => sql.ref(`${alias}.${fieldColumn(key)}`))
  return sql`${sql.join(columns)}, ${levelSql(reading, view.module.key, alias)} as level`
}

/** The person's level on a row that he reads: 1, 2 or 3. */
export function levelSql(reading: Reading, module: Key, alias: string): RawBuilder<number> {
  const at = (level: 'edit' | 'full') => {
    const reached = reachCondition(levelReach(reading.snapshot.policy, reading.actor.user, module, level))
    return reachToSql(reading, module, alias, reached)
  }
  return sql`(case when ${at('full')} then 3 when ${at('edit')} then 2 else 1 end)`
}

/** Turns a row into the item that leaves: masks put on, users by key, encrypted values opened for whom they are visible. */
export async function presentRecord(
  parts: RecordsParts,
  reading: Reading,
  view: View,
  row: RecordRow,
  wanted: readonly PolicyField[] = view.visible,
): Promise<RecordItem> {
  const item: Record<Key, PresentedValue> = {}
  for (const field of wanted) {
    const stored = row[fieldColumn(field.key)]
    // Waiting costs more than all the rest of a plain value, and a page has more than a thousand.
    item[field.key] = field.encrypted
      ? await presentValue(parts, reading, view, field, stored)
      : masked(view, field, fromStored(field, stored, reading.snapshot))
  }
  const access = (LEVELS[row.level] ?? 'read') as Exclude<Level, 'none'>
  return { ...item, id: row.id, version: Number(row.version), access }
}

function masked({ access }: View, field: PolicyField, value: FieldValue): PresentedValue {
  return access.get(field.key) !== 'masked' || value === null ? value : { masked: maskValue(value, field.mask) }
}

/** A value under the person's access to its field; the field must not be hidden from him. */
export async function presentValue(
  parts: RecordsParts,
  reading: Reading,
  view: View,
  field: PolicyField,
  stored: unknown,
): Promise<PresentedValue> {
  return masked(view, field, await openValue(parts, reading, view.module.key, field, stored))
}

export async function openValue(
  parts: RecordsParts,
  reading: Reading,
  module: Key,
  field: PolicyField,
  stored: unknown,
): Promise<FieldValue> {
  if (!field.encrypted || stored === null || stored === undefined) return fromStored(field, stored, reading.snapshot)
  const place = { organization: reading.actor.organization.id, module, field: field.key }
  return parts.secrets.decrypt(place, String(stored))
}
