import { lazy, Suspense } from 'react'
import type { Names } from '../../../lib/directory.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import type { Titles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { HEALTH, isHealth } from '../health/health.ts'

const HealthBadge = lazy(async () => ({ default: (await import('../health/health-badge.tsx')).HealthBadge }))

interface Props {
  readonly field: FieldInfo
  readonly record: RecordItem
  readonly names: Names
  readonly titles: Titles
}

/** What stands in a cell: the value of a field, or what was found out beside the record. */
export function CellValue({ field, record, names, titles }: Props) {
  const value = record[field.field]
  if (field.field !== HEALTH) return <FieldValue field={field} value={value} names={names} titles={titles} compact />
  return <Suspense>{isHealth(value) && <HealthBadge health={value} />}</Suspense>
}
