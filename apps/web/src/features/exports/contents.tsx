import { Skeleton, Stack, Text } from '@mantine/core'
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import type { paths } from '../../lib/api/schema.d.ts'
import { useFieldName } from '../../lib/field-names.ts'
import { useFormats } from '../../lib/format.ts'
import { problemText } from '../../ui/problem-text.ts'

export type ExportPreview = paths['/api/v1/exports/preview']['post']['responses']['200']['content']['application/json']

interface Question {
  readonly module: string
  readonly filter?: unknown
  readonly fields?: string[]
}

export function previewQuery(body: Question) {
  return queryOptions({
    queryKey: ['exports', 'preview', body],
    queryFn: () => ask(api.POST('/api/v1/exports/preview', { body })),
    retry: false,
  })
}

/** How many records and fields the file will hold, and of which fields no more than a mask. */
export function Contents({ preview, error }: { readonly preview: ExportPreview | undefined; readonly error: unknown }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useFieldName()
  if (error) {
    return <Text role="alert">{problemText(t, error)}</Text>
  }
  if (!preview) return <Skeleton h={44} />
  const { count, fields, leftOut } = preview
  const number = count.exact
    ? formats.number(count.value)
    : t('exports:atLeast', { number: formats.number(count.value) })
  return (
    <Stack gap={4} role="status">
      <Text>{t('exports:holds', { records: number, fields: formats.number(fields.length) })}</Text>
      {leftOut.length > 0 && (
        <Text c="dimmed">{t('exports:maskedFields', { fields: formats.list(leftOut.map(nameOf)) })}</Text>
      )}
    </Stack>
  )
}
