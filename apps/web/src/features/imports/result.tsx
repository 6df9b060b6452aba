import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import type { ImportState } from './api.ts'
import { Figures } from './figures.tsx'

const MOST = 12

/** What came of an import, in numbers, and the rows that didn't come in. */
export function Result({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { id, created, updated, rejected, dryRun, unmapped } = state
  return (
    <Stack gap="sm">
      {dryRun && <Text c="dimmed">{t('imports:try.done')}</Text>}
      <Group gap="lg">
        <Figures
          figures={[
            { label: t('imports:result.created'), value: created },
            { label: t('imports:result.updated'), value: updated },
            { label: t('imports:result.rejected'), value: rejected, isBad: rejected > 0 },
          ]}
        />
        {rejected > 0 && (
          <Button
            component="a"
            href={`/api/v1/imports/${id}/rejected.csv`}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('imports:result.download')}
          </Button>
        )}
      </Group>
      {unmapped.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('imports:result.leftOut', { number: formats.number(unmapped.length) })}{' '}
          <bdi>{formats.list(unmapped.slice(0, MOST))}</bdi>
          {unmapped.length > MOST && ' …'}
        </Text>
      )}
    </Stack>
  )
}
