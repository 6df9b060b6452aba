import { Alert, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { PageLoading } from '../../ui/page-loading.tsx'
import { problemText } from '../../ui/problem-text.ts'
import type { Preview } from './api.ts'
import type { Draft } from './draft.ts'
import { Figures } from './figures.tsx'
import { PreviewProblems } from './preview-problems.tsx'
import { PreviewTable } from './preview-table.tsx'

interface Props {
  readonly preview: Preview | undefined
  readonly error: unknown
  readonly isFetching: boolean
  readonly draft: Draft
}

/** What the import would come to, as it is settled now. */
export function ImportPreview({ preview, error, isFetching, draft }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (error) {
    return (
      <Alert color="red" role="alert" title={t('imports:preview.failed')}>
        <bdi>{problemText(t, error)}</bdi>
      </Alert>
    )
  }
  if (!preview) return <PageLoading />
  const { create, update, reject } = preview.counts
  return (
    <Stack component="section" gap="sm" aria-labelledby="import-preview" aria-busy={isFetching}>
      <Group gap="md" role="status">
        <Title order={2} id="import-preview">
          {t('imports:preview.title')}
        </Title>
        <Figures
          figures={[
            { label: t('imports:preview.create'), value: create },
            ...(draft.overwrite ? [{ label: t('imports:preview.update'), value: update }] : []),
            { label: t('imports:preview.reject'), value: reject, isBad: reject > 0 },
          ]}
        />
      </Group>
      {!preview.complete && (
        <Text c="dimmed">{t('imports:preview.partly', { number: formats.number(preview.looked) })}</Text>
      )}
      <PreviewProblems preview={preview} />
      <PreviewTable preview={preview} draft={draft} />
    </Stack>
  )
}
