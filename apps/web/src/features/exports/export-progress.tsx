import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { closeExport } from '../../lib/export-dialog.ts'
import { useFormats } from '../../lib/format.ts'
import type { Job } from '../../lib/jobs.ts'

/** How far an export is, with numbers. */
export function ExportProgress({ job }: { readonly job: Job | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [done, total] = [job?.done ?? 0, job?.total ?? 0]
  return (
    <Stack gap={4} role="status">
      <Progress value={total > 0 ? (100 * done) / total : 0} aria-label={t('exports:running')} />
      <Text size="sm" c="dimmed" className="bw-figures">
        {total > 0
          ? t('exports:progress', { done: formats.number(done), total: formats.number(total) })
          : t('exports:running')}
      </Text>
    </Stack>
  )
}

/** The file, or why there is none. */
export function ExportEnd({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  if (job.state !== 'done') {
    return (
      <Text role="alert">
        {t('exports:stopped')} <bdi lang="en">{job.error}</bdi>
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      <Text role="status">{t('exports:ready')}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={closeExport}>
          {t('exports:close')}
        </Button>
        <Button
          component="a"
          href={`/api/v1/exports/${job.id}/file`}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
          data-autofocus
        >
          {t('exports:download')}
        </Button>
      </Group>
    </Stack>
  )
}
