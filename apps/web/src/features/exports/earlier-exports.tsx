import { Anchor, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { useFormats } from '../../lib/format.ts'
import { useModules } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'

const MOST = 5

/** Files that were made before and are still kept. */
export function EarlierExports() {
  const { t } = useTranslation()
  const formats = useFormats()
  const label = useLabel()
  const modules = useModules()
  const { data } = useQuery({
    queryKey: ['exports', 'own'],
    queryFn: () => ask(api.GET('/api/v1/exports', { params: { query: { limit: MOST } } })),
  })
  const kept = data?.items.filter(({ file }) => file !== undefined) ?? []
  if (kept.length === 0) return null
  return (
    <Stack component="section" gap={4} aria-label={t('exports:earlier')}>
      <Text size="sm" fw={600}>
        {t('exports:earlier')}
      </Text>
      {kept.map(({ id, module, format, createdAt, file }) => (
        <Group key={id} gap="sm">
          <Anchor href={file} download size="sm">
            {label(modules.find((one) => one.module === module)?.plural, module)}, <bdi>{format.toUpperCase()}</bdi>
          </Anchor>
          <Text size="sm" c="dimmed">
            {formats.dateTime(createdAt)}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}
