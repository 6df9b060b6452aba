import { Badge, Group, Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import { useFormats } from '../../lib/format.ts'
import type { FieldInfo } from '../../lib/modules.ts'
import type { PreviewColumn } from './api.ts'
import { ColumnFormat } from './column-format.tsx'
import { chooseField, type Draft, isSure, isTaken } from './draft.ts'
import styles from './imports.module.css'

interface Props {
  readonly column: PreviewColumn
  readonly fields: readonly FieldInfo[]
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

/** One column of the file, and the field that it becomes. */
export function ColumnRow({ column, fields, draft, onChange }: Props) {
  const { t } = useTranslation()
  const { beside } = useFormats()
  const nameOf = useFieldName()
  const { header, suggested, samples } = column
  const chosen = draft.columns[header]
  const field = fields.find((one) => one.field === chosen?.field)
  const isSuggested = chosen !== undefined && chosen.field === suggested
  const guess = fields.find((one) => one.field === suggested)
  return (
    <div className={styles.column}>
      <div>
        <Group gap="xs">
          <Text fw={500}>
            <bdi>{header}</bdi>
          </Text>
          {isSuggested && <Suggested isSure={isSure(column)} />}
        </Group>
        <Text size="sm" c="dimmed" className={styles.samples}>
          {samples.length > 0 ? beside(samples.slice(0, 3)) : t('imports:columns.empty')}
        </Text>
      </div>
      <div>
        <Select
          aria-label={t('imports:columns.fieldOf', { column: header })}
          data={fields.map((one) => ({ value: one.field, label: nameOf(one) }))}
          value={chosen?.field ?? null}
          onChange={(next) => onChange(chooseField(draft, header, next))}
          placeholder={t('imports:columns.ignored')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('imports:columns.ignore', { column: header }) }}
          nothingFoundMessage={t('fields:nothingFound')}
        />
        {!chosen && guess && !isTaken(column) && (
          <Text size="xs" c="dimmed">
            {t('imports:columns.perhaps', { field: nameOf(guess) })}
          </Text>
        )}
      </div>
      {field && <ColumnFormat column={column} field={field} draft={draft} onChange={onChange} />}
    </div>
  )
}

function Suggested({ isSure: sure }: { readonly isSure: boolean }) {
  const { t } = useTranslation()
  return (
    <Badge size="sm" variant="default" tt="none" fw={400}>
      {t(sure ? 'imports:columns.suggested' : 'imports:columns.unsure')}
    </Badge>
  )
}
