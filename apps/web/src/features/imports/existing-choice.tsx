import { Radio, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import { useMay } from '../../lib/me.ts'
import type { FieldInfo } from '../../lib/modules.ts'
import type { Draft } from './draft.ts'

const TEXTS: ReadonlySet<string> = new Set(['text', 'email', 'phone', 'url', 'choice', 'longText'])

interface Props {
  readonly module: string
  readonly fields: readonly FieldInfo[]
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

/** Whether records that are there already are changed, and by what they are recognized. Only for who may overwrite. */
export function ExistingChoice({ module, fields, draft, onChange }: Props) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const mayOverwrite = useMay(module, 'overwrite')
  const mapped = new Set(Object.values(draft.columns).map(({ field }) => field))
  const keys = fields.filter(({ field, type }) => mapped.has(field) && (TEXTS.has(type) || field === 'externalId'))
  if (!mayOverwrite) return null
  const change = (value: string) => {
    const overwrite = value === 'overwrite'
    const standing = keys.find(({ field }) => field === 'externalId') ?? keys.find(({ unique }) => unique) ?? keys[0]
    onChange({ ...draft, overwrite, match: overwrite ? (draft.match ?? standing?.field ?? null) : null })
  }
  return (
    <Stack component="section" gap="sm">
      <Radio.Group
        label={t('imports:existing.title')}
        value={draft.overwrite ? 'overwrite' : 'create'}
        onChange={change}
        labelProps={{ fw: 600 }}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="create" label={t('imports:existing.create')} />
          <Radio value="overwrite" label={t('imports:existing.overwrite')} disabled={keys.length === 0} />
        </Stack>
      </Radio.Group>
      {draft.overwrite && (
        <Select
          label={t('imports:existing.match')}
          data={keys.map((field) => ({ value: field.field, label: nameOf(field) }))}
          value={draft.match}
          onChange={(match) => onChange({ ...draft, match })}
          allowDeselect={false}
          maw="20rem"
        />
      )}
    </Stack>
  )
}
