import type { FieldValue, Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { isEmptyValue } from '@bailiwick/access'
import { toStored } from '../records/field-values.ts'
import { type PresentedValue, type RecordItem, viewOf } from '../records/present-record.ts'
import type { Reading } from '../records/stamped.ts'
import { isClear, isReadable } from '../records/within-transaction.ts'

export type Values = Readonly<Record<Key, FieldValue>>

export interface Source {
  readonly module: PolicyModule
  readonly item: RecordItem
}

/**
 * What a record's values put into the fields of another one: only where the person has the one in clear and may write the other, where
 * the value fits, and where a record that it looks up is there for him.
 * @param filled field of the new record → fields of the source, the first that has a value
 */
export async function proposeValues(
  reading: Reading,
  { module, item }: Source,
  target: PolicyModule,
  filled: Readonly<Record<Key, readonly Key[]>>,
): Promise<Values> {
  const { access } = viewOf(reading, target)
  const proposed: Record<Key, FieldValue> = {}
  for (const [key, sources] of Object.entries(filled)) {
    const field = target.fields.get(key)
    if (!field || field.system || access.get(key) !== 'edit') continue
    const from = sources.find((source) => isClear(reading, module, source) && !isEmptyValue(item[source] ?? null))
    const value = from === undefined ? undefined : item[from]
    if (isPlain(value) && (await fits(reading, field, value))) proposed[key] = value
  }
  return proposed
}

function isPlain(value: PresentedValue | undefined): value is Exclude<FieldValue, null> {
  return value !== undefined && value !== null && !(typeof value === 'object' && 'masked' in value)
}

async function fits(reading: Reading, field: PolicyField, value: FieldValue): Promise<boolean> {
  if ('wrong' in toStored(field, value, reading.snapshot)) return false
  return field.type !== 'lookup' || isReadable(reading, field.module ?? '', String(value))
}
