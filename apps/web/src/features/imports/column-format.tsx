import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isNumeric } from '../../lib/fields.ts'
import type { FieldInfo } from '../../lib/modules.ts'
import type { PreviewColumn } from './api.ts'
import { chooseFormat, type Draft } from './draft.ts'

const DATES = [
  { dateFormat: 'DD/MM/YYYY', order: 'dmy' },
  { dateFormat: 'MM/DD/YYYY', order: 'mdy' },
  { dateFormat: 'YYYY-MM-DD', order: 'iso' },
] as const
const DECIMALS = [
  { decimal: '.', name: 'point' },
  { decimal: ',', name: 'comma' },
] as const
const FOUND = 'found'

interface Props {
  readonly column: PreviewColumn
  readonly field: FieldInfo
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

/** How dates or numbers of a column are written: as it was found, or as the person says. Other columns need none. */
export function ColumnFormat({ column, field, draft, onChange }: Props) {
  const { t } = useTranslation()
  const isDate = field.type === 'date' || field.type === 'dateTime'
  if (!isDate && !isNumeric(field)) return null
  const { header } = column
  const { dateFormat, decimal } = draft.columns[header] ?? {}
  const data = isDate
    ? DATES.map((one) => ({ value: one.dateFormat, label: t(`imports:dates.${one.order}`) }))
    : DECIMALS.map((one) => ({ value: one.decimal, label: t(`imports:decimals.${one.name}`) }))
  const found = foundIn(column, isDate)
  const foundLabel = data.find(({ value }) => value === found)?.label
  const asFound = foundLabel ? t('imports:columns.asFound', { format: foundLabel }) : t('imports:columns.findOut')
  return (
    <Select
      aria-label={t('imports:columns.formatOf', { column: header })}
      data={[{ value: FOUND, label: asFound }, ...data]}
      value={(isDate ? dateFormat : decimal) ?? FOUND}
      onChange={(next) => onChange(chooseFormat(draft, header, formatOf(next)))}
      allowDeselect={false}
    />
  )
}

function foundIn({ format }: PreviewColumn, isDate: boolean): string | undefined {
  return isDate ? DATES.find(({ order }) => order === format?.dateOrder)?.dateFormat : format?.decimal
}

function formatOf(value: string | null) {
  const date = DATES.find(({ dateFormat }) => dateFormat === value)
  const number = DECIMALS.find(({ decimal }) => decimal === value)
  return { ...(date && { dateFormat: date.dateFormat }), ...(number && { decimal: number.decimal }) }
}
