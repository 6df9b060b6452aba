import type { FieldValue, Key, PolicyField } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { blindIndexColumn, columnType, fieldColumn } from '../modules/columns.ts'
import type { StoredValue } from './field-values.ts'
import type { RecordsParts } from './parts.ts'
import type { Reading } from './stamped.ts'
import type { WritableValues } from './writable-values.ts'

/** A column and what goes into it, cast to its type. */
export interface ColumnValue {
  readonly column: string
  readonly value: RawBuilder<unknown>
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
    else columns.push({ column: fieldColumn(field.key), value: cast(field, value) })
  }
  return columns
}

function cast(field: PolicyField, value: StoredValue): RawBuilder<unknown> {
  return sql`${value}::${sql.raw(columnType(field))}`
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
    { column: fieldColumn(field.key), value: sql`${token}::text` },
    { column: blindIndexColumn(field.key), value: sql`${blind}::text` },
  ]
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
