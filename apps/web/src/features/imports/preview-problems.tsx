import { List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import { useFormats } from '../../lib/format.ts'
import type { Preview } from './api.ts'

const MOST = 8
const MOST_NAMES = 5

/** What is wrong, the most frequent first; and records that columns name and that aren't there. */
export function PreviewProblems({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useFieldName()
  const { problems, lookups, fields } = preview
  const named = (key: string) => {
    const field = fields.find((one) => one.field === key)
    return nameOf(field ?? { field: key, name: key })
  }
  const missing = lookups.filter(({ count }) => count > 0)
  if (problems.length === 0 && missing.length === 0) return null
  return (
    <Stack gap="xs">
      {problems.length > 0 && (
        <List size="sm" aria-label={t('imports:preview.problems')}>
          {problems.slice(0, MOST).map(({ field, message, count, firstRow }) => (
            <List.Item key={`${field} ${message}`}>
              {field !== undefined && <bdi>{`${named(field)}: `}</bdi>}
              <bdi lang="en">{message}</bdi>{' '}
              <Text span c="dimmed">
                {t('imports:preview.where', { rows: formats.number(count), first: formats.number(firstRow) })}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      {problems.length > MOST && (
        <Text c="dimmed">{t('imports:preview.more', { number: formats.number(problems.length - MOST) })}</Text>
      )}
      {missing.map(({ column, count, unmatched }) => (
        <Text key={column} size="sm">
          {t('imports:preview.lookup', { column, number: formats.number(count) })}{' '}
          <Text span c="dimmed">
            <bdi>{formats.list(unmatched.slice(0, MOST_NAMES).map(({ text }) => text))}</bdi>
            {unmatched.length > MOST_NAMES && ' …'}
          </Text>
        </Text>
      ))}
    </Stack>
  )
}
