import type { FieldValue, Key, PolicyField } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { blindIndexColumn, columnType, fieldColumn } from '../modules/columns.ts'
import type { StoredValue } from './field-values.ts'
import type { RecordsParts } from './parts.ts'
import { Slot } from './remembered-statements.ts'
import type { Reading } from './stamped.ts'
import type { WritableValues } from './writable-values.ts'

/** A column and what goes into it, as what type. */
export interface ColumnValue {
  readonly column: string
  readonly type: string
  readonly value: unknown
}

/** The columns of the given fields; an encrypted one's token, with its blind index beside it. */
export async function columnValues(
  parts: RecordsParts,
  reading: Reading,
  module: Key,
  values: WritableValues,
): Promise<ColumnValue[]> {
  const columns: ColumnValue[] = []
  for (const [field, value] of values) {
    if (field.encrypted) columns.push(...(await encrypted(parts, reading, module, field, value)))
    else columns.push({ column: fieldColumn(field.key), type: columnType(field), value })
  }
  return columns
}

async function encrypted(
  parts: RecordsParts,
  reading: Reading,
  module: Key,
  field: PolicyField,
  value: StoredValue,
): Promise<ColumnValue[]> {
  const { token, blind } = await encryptedValue(parts, reading, module, field, value)
  return [
    { column: fieldColumn(field.key), type: 'text', value: token },
    { column: blindIndexColumn(field.key), type: 'text', value: blind },
  ]
}

const SLOTS: Slot[] = []

/** Where the value of the column at that place stands in a remembered statement. */
export function columnSlot({ type }: ColumnValue, at: number): RawBuilder<unknown> {
  return sql`${slotAt(at)}::${sql.raw(type)}`
}

/** What the slots of the columns are filled with. */
export function columnFillings(columns: readonly ColumnValue[]): [Slot, unknown][] {
  return columns.map(({ value }, at) => [slotAt(at), value])
}

function slotAt(at: number): Slot {
  SLOTS[at] ??= new Slot(`column ${at}`)
  return SLOTS[at]
}

/** What the two columns of an encrypted field hold for a value. */
export async function encryptedValue(
  parts: RecordsParts,
  reading: Reading,
  module: Key,
  field: PolicyField,
  value: StoredValue,
): Promise<{ readonly token: string | null; readonly blind: string | null }> {
  if (value === null) return { token: null, blind: null }
  const place = { organization: reading.actor.organization.id, module, field: field.key }
  const token = await parts.secrets.encrypt(place, value as FieldValue)
  return { token, blind: parts.secrets.blindIndex(place, value as FieldValue) }
}

/** Who acts, as the number that stands for him; null for the operator. */
export function actorId(reading: Reading): number | null {
  return reading.snapshot.owners.idOf(`user:${reading.actor.user}`) ?? null
}
