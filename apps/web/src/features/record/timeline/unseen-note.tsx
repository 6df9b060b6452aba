import { Button, Group, Stack, Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShare } from '../access/use-sharing.ts'
import { useRecord } from '../record-context.tsx'
import type { Mentionable } from './mentionable-query.ts'

interface Props {
  readonly people: readonly Mentionable[]
  readonly mayShare: boolean
  onShared(user: string): void
}

/** Says before it is sent that somebody mentioned won't see it, and offers to share the record, where one may. */
export function UnseenNote({ people, mayShare, onShared }: Props) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const share = useShare(info.module, record.id)
  return (
    <Stack gap={4} role="status">
      {people.map(({ user, name }) => (
        <Group key={user} gap="xs">
          <IconEyeOff size={16} stroke={1.6} aria-hidden />
          <Text size="sm">{t('record:comment.cannotSee', { name })}</Text>
          {mayShare && (
            <Button
              size="compact-sm"
              variant="light"
              loading={share.isPending}
              onClick={() => share.mutate({ with: `user:${user}`, level: 'read' }, { onSuccess: () => onShared(user) })}
            >
              {t('record:comment.letSee')}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  )
}
