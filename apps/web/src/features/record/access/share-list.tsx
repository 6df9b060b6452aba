import { ActionIcon, Badge, Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { PersonAvatar } from '../../../ui/person-avatar.tsx'
import { usePrincipals } from '../people.ts'
import { useRecord } from '../record-context.tsx'
import type { Share } from '../record-queries.ts'
import { AccessPreview } from './access-preview.tsx'
import { useUnshare } from './use-sharing.ts'

/** With whom the record is shared, to take away. */
export function ShareList({ shares }: { readonly shares: readonly Share[] }) {
  const { t } = useTranslation()
  const nameOf = usePrincipals(shares.flatMap(({ with: to, by }) => [to, ...(by ? [by] : [])]))
  if (shares.length === 0) return <Text c="dimmed">{t('record:share.none')}</Text>
  return (
    <Stack gap="sm" component="ul" p={0} m={0} aria-label={t('record:share.title')}>
      {shares.map((share) => (
        <ShareRow key={`${share.with} ${share.breakGlass}`} share={share} nameOf={nameOf} />
      ))}
    </Stack>
  )
}

function ShareRow({ share, nameOf }: { readonly share: Share; nameOf(ref: string): string }) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const [asked, setAsked] = useState(false)
  const unshare = useUnshare(info.module, record.id)
  const name = nameOf(share.with)
  return (
    <Stack component="li" gap="xs">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <PersonAvatar name={name} />
        <Stack gap={0} flex={1} miw={0}>
          <Text fw={500}>
            <bdi>{name}</bdi>
          </Text>
          <ShareNote share={share} by={share.by ? nameOf(share.by) : undefined} />
        </Stack>
        <Badge variant="default" tt="none" fw={400}>
          {t(`record:access.level.${share.level}`)}
        </Badge>
        <Tooltip label={t('record:share.take')}>
          <ActionIcon
            aria-label={t('record:share.takeFrom', { name })}
            aria-expanded={asked}
            onClick={() => setAsked(!asked)}
          >
            <IconUserMinus size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {asked && (
        <Stack gap="xs" ps="xl">
          <AccessPreview change={{ unshare: { with: share.with } }} />
          <Group gap="xs">
            <Button size="xs" loading={unshare.isPending} onClick={() => unshare.mutate(share.with)}>
              {t('record:share.take')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsked(false)}>
              {t('record:cancel')}
            </Button>
          </Group>
        </Stack>
      )}
    </Stack>
  )
}

function ShareNote({ share, by }: { readonly share: Share; readonly by: string | undefined }) {
  const { t } = useTranslation()
  const { date } = useFormats()
  const parts = [
    ...(share.breakGlass ? [t('record:share.glass')] : []),
    ...(by ? [t('record:share.by', { name: by, date: date(share.at) })] : [date(share.at)]),
    ...(share.expiresAt ? [t('record:share.ends', { date: date(share.expiresAt) })] : []),
  ]
  return (
    <Text size="sm" c="dimmed">
      {parts.join(' · ')}
      {share.reason && (
        <>
          {' · '}
          <bdi>{share.reason}</bdi>
        </>
      )}
    </Text>
  )
}
