import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { useMe, useSystemPermission } from '../../lib/me.ts'

const ThrowAwayDialog = lazy(async () => ({ default: (await import('./throw-away-dialog.tsx')).ThrowAwayDialog }))

/** For whoever may throw the demonstration away, where he is in one; nothing elsewhere. */
export function DemonstrationSettings() {
  return useSystemPermission('manageAccess') ? <OfManager /> : null
}

function OfManager() {
  const { t } = useTranslation()
  const { organization } = useMe()
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery({
    queryKey: ['demonstration'],
    queryFn: () => ask(api.GET('/api/v1/demonstration')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data?.canThrowAway) return null
  return (
    <Stack gap="sm" component="section" aria-label={t('settings:demonstration.title')}>
      <Title order={2}>{t('settings:demonstration.title')}</Title>
      <Text c="dimmed">{t('settings:demonstration.help', { name: organization.name })}</Text>
      <Group>
        <Button color="red" variant="light" onClick={() => setOpen(true)}>
          {t('settings:demonstration.throwAway')}
        </Button>
      </Group>
      <Suspense>{isOpen && <ThrowAwayDialog name={organization.name} onClose={() => setOpen(false)} />}</Suspense>
    </Stack>
  )
}
