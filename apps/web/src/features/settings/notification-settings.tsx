import { Select, Skeleton, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import type { paths } from '../../lib/api/schema.d.ts'
import { sayProblem } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'

type Settings = paths['/api/v1/notifications/settings']['get']['responses']['200']['content']['application/json']
type Kind = keyof Settings

const KINDS: readonly Kind[] = [
  'changed',
  'assigned',
  'mentioned',
  'commented',
  'shared',
  'due',
  'breakGlass',
  'approval',
]
const MAILS = ['off', 'digest', 'immediate'] as const

const settingsQuery = queryOptions({
  queryKey: ['notifications', 'settings'],
  queryFn: () => ask(api.GET('/api/v1/notifications/settings')),
})

/** How the person hears of each kind of event: on the page, and by mail. */
export function NotificationSettings() {
  const { t } = useTranslation()
  const settings = useQuery(settingsQuery)
  const change = useChangeSettings()
  return (
    <Stack gap="sm" component="section" aria-label={t('notifications:title')}>
      <Title order={2}>{t('notifications:title')}</Title>
      <Text c="dimmed">{t('settings:notifications.help')}</Text>
      {settings.isPending && <Skeleton h={160} />}
      {settings.isError && <Text role="alert">{problemText(t, settings.error)}</Text>}
      {settings.data && (
        <Table withRowBorders verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('settings:notifications.kind')}</Table.Th>
              <Table.Th>{t('settings:notifications.live')}</Table.Th>
              <Table.Th>{t('settings:notifications.mail')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {KINDS.map((kind) => (
              <KindRow
                key={kind}
                kind={kind}
                value={settings.data[kind]}
                onChange={(value) => change({ [kind]: value })}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  )
}

interface RowProps {
  readonly kind: Kind
  readonly value: Settings[Kind]
  readonly onChange: (value: Settings[Kind]) => void
}

function KindRow({ kind, value, onChange }: RowProps) {
  const { t } = useTranslation()
  const name = t(`settings:notifications.kinds.${kind}`)
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {name}
      </Table.Th>
      <Table.Td>
        <Switch
          checked={value.live}
          aria-label={t('settings:notifications.liveOf', { name })}
          onChange={(event) => onChange({ ...value, live: event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>
        <Select
          size="xs"
          w={160}
          allowDeselect={false}
          aria-label={t('settings:notifications.mailOf', { name })}
          data={MAILS.map((mail) => ({ value: mail, label: t(`settings:notifications.mails.${mail}`) }))}
          value={value.mail}
          onChange={(chosen) => onChange({ ...value, mail: MAILS.find((mail) => mail === chosen) ?? 'off' })}
        />
      </Table.Td>
    </Table.Tr>
  )
}

/** Changes some kinds: shown at once, taken back where it can't be kept. */
function useChangeSettings(): (change: Partial<Settings>) => void {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { queryKey } = settingsQuery
  const { mutate } = useMutation({
    mutationFn: (change: Partial<Settings>) => ask(api.PUT('/api/v1/notifications/settings', { body: change })),
    onMutate: (change) => {
      const before = queries.getQueryData(queryKey)
      if (before) queries.setQueryData(queryKey, { ...before, ...change })
      return before
    },
    onError: (error, _change, before) => {
      queries.setQueryData(queryKey, before)
      sayProblem(t, error)
    },
    onSuccess: (kept) => queries.setQueryData(queryKey, kept),
  })
  return mutate
}
