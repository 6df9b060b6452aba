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
  const place = { organization: reading.actor.organization.id, module, field: field.key }
  const token = value === null ? null : await parts.secrets.encrypt(place, value as FieldValue)
  const blind = value === null ? null : parts.secrets.blindIndex(place, value as FieldValue)
  return [
    { column: fieldColumn(field.key), value: sql`${token}::text` },
    { column: blindIndexColumn(field.key), value: sql`${blind}::text` },
  ]
}

/** Who acts, as the number that stands for him; null for the operator. */
export function actorId(reading: Reading): number | null {
  return reading.snapshot.owners.idOf(`user:${reading.actor.user}`) ?? null
}
