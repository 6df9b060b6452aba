import { Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../../lib/directory.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { fieldsOf, lookedUpIn, refsIn } from '../../../lib/fields.ts'
import { useTitles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { useRecord } from '../record-context.tsx'
import { ChangedBy } from './changed-by.tsx'
import type { Meanwhile } from './clashes.ts'

/** What others changed that is in nobody's way: kept, and told. */
export function OtherChanges({ changes }: { readonly changes: readonly Meanwhile[] }) {
  const { t } = useTranslation()
  const { info } = useRecord()
  const fieldName = useFieldName()
  const known = fieldsOf(info)
  const shown = changes.flatMap((change) => {
    const field = known.get(change.field)
    return field && !field.system ? [{ field, change }] : []
  })
  const fields = shown.map(({ field }) => field)
  const values = shown.map(({ change }) => ({ [change.field]: change.now }))
  const titles = useTitles(lookedUpIn(fields, values))
  const names = useNames(refsIn(fields, values))
  if (shown.length === 0) return null
  return (
    <Stack gap="xs" component="section">
      <Title order={3} fz="sm">
        {t('record:merge.meanwhile')}
      </Title>
      {shown.map(({ field, change }) => (
        <Text key={field.field} size="sm" component="div">
          {t('record:timeline.field', { field: fieldName(field) })}{' '}
          <FieldValue field={field} value={change.now} titles={titles} names={names} compact />{' '}
          <ChangedBy change={change} />
        </Text>
      ))}
    </Stack>
  )
}
