import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { useDecision } from './use-decision.ts'
import { useItemName } from './use-item-text.ts'
import { changesQuery, type WaitingChange } from './waiting-queries.ts'

const ChangeDialog = lazy(async () => ({ default: (await import('./change-dialog.tsx')).ChangeDialog }))

/** Changes that somebody else has to approve before they count; nothing where none waits. */
export function WaitingChanges() {
  const { t } = useTranslation()
  const changes = useQuery(changesQuery)
  const waiting = (changes.data?.items ?? []).filter(({ state }) => state === 'pending' || state === 'stale')
  if (waiting.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-label={t('admin:waiting.title')}>
      <Title order={2}>{t('admin:waiting.title')}</Title>
      <Stack gap="sm" component="ul" p={0} m={0}>
        {waiting.map((change) => (
          <ChangeRow key={change.id} change={change} />
        ))}
      </Stack>
    </Stack>
  )
}

function ChangeRow({ change }: { readonly change: WaitingChange }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
  const [isOpen, setOpen] = useState(false)
  const decide = useDecision()
  const { author, at, reason, changes, approvals, needed, state, may } = change
  const who = author.startsWith('user:') ? nameOf('users', author.slice('user:'.length)) : t('admin:version.operator')
  return (
    <Group component="li" gap="sm" justify="space-between" align="flex-start">
      <Stack gap={0} flex={1} miw={200}>
        <Text fw={500}>
          <bdi>{reason || t('admin:plan.changes', { count: changes })}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          <bdi>{who}</bdi> · {formats.dateTime(at)} ·{' '}
          {t('admin:waiting.approvals', { given: formats.number(approvals.length), needed: formats.number(needed) })}
        </Text>
      </Stack>
      <Group gap="xs">
        {state === 'stale' && (
          <Badge variant="default" tt="none" fw={400}>
            {t('admin:waiting.stale')}
          </Badge>
        )}
        {may.withdraw && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            loading={decide.isPending}
            onClick={() => decide.mutate({ id: change.id, what: 'withdraw' })}
          >
            {t('admin:waiting.withdraw')}
          </Button>
        )}
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {t('admin:waiting.review')}
        </Button>
      </Group>
      <Suspense>{isOpen && <ChangeDialog id={change.id} onClose={() => setOpen(false)} />}</Suspense>
    </Group>
  )
}
