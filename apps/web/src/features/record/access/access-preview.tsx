import { Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import type { paths } from '../../../lib/api/schema.d.ts'
import { useFormats } from '../../../lib/format.ts'
import { useMe } from '../../../lib/me.ts'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'

export type AccessChange =
  paths['/api/v1/records/{module}/{id}/access/preview']['post']['requestBody']['content']['application/json']
type Preview =
  paths['/api/v1/records/{module}/{id}/access/preview']['post']['responses']['200']['content']['application/json']
type Moved = NonNullable<Preview['gain']>[number]

function previewQuery(module: string, id: string, change: AccessChange) {
  return queryOptions({
    queryKey: keyOf(module, id, 'preview', change),
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/v1/records/{module}/{id}/access/preview', {
          params: { path: { module, id } },
          body: change,
          signal,
        }),
      ),
    gcTime: 0,
    staleTime: 0,
  })
}

/** Before a change of who has access is made: who gains and who loses; to who doesn't manage access, whom it names. */
export function AccessPreview({ change }: { readonly change: AccessChange }) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const me = useMe()
  const preview = useQuery(previewQuery(info.module, record.id, change))
  if (preview.isPending) return <Skeleton h={20} w="70%" aria-label={t('common:loading')} />
  if (preview.isError) {
    return (
      <Text size="sm" role="alert">
        {problemText(t, preview.error)}
      </Text>
    )
  }
  const { people, gain, lose, counts } = preview.data
  if (!counts) {
    if (people.count === 0) return null
    return <Named text={t('record:preview.named', { count: people.count })} people={people.items} all={people.count} />
  }
  return (
    <Stack gap={4} role="status">
      {counts.gain === 0 && counts.lose === 0 && <Text size="sm">{t('record:preview.nobody')}</Text>}
      {counts.gain > 0 && (
        <Line icon="up" text={t('record:preview.gain', { count: counts.gain })} moved={gain ?? []} all={counts.gain} />
      )}
      {lose?.some(({ user }) => user === me.user.key) && (
        <Text size="sm" fw={500} c="red">
          {t('record:access.youLose')}
        </Text>
      )}
      {counts.lose > 0 && (
        <Line
          icon="down"
          text={t('record:preview.lose', { count: counts.lose })}
          moved={lose ?? []}
          all={counts.lose}
        />
      )}
    </Stack>
  )
}

interface LineProps {
  readonly icon: 'up' | 'down'
  readonly text: string
  readonly moved: readonly Moved[]
  readonly all: number
}

function Line({ icon, text, moved, all }: LineProps) {
  const Icon = icon === 'up' ? IconArrowUp : IconArrowDown
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon size={16} stroke={1.6} aria-hidden />
      <Named text={text} people={moved} all={all} />
    </Group>
  )
}

const FIRST = 5

function Named({
  text,
  people,
  all,
}: {
  readonly text: string
  readonly people: readonly { readonly name: string }[]
  readonly all: number
}) {
  const { t } = useTranslation()
  const { list } = useFormats()
  const first = people.slice(0, FIRST).map(({ name }) => name)
  const rest = all - first.length
  const names = rest > 0 ? [...first, t('record:preview.others', { count: rest })] : first
  return (
    <Text size="sm">
      {text}
      {first.length > 0 && (
        <Text span size="sm" c="dimmed">
          {' '}
          <bdi>{list(names)}</bdi>
        </Text>
      )}
    </Text>
  )
}
