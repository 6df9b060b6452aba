import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { CopyLink } from '../../ui/invitations/copy-link.tsx'
import classes from './admin.module.css'
import type { SignIns } from './use-people.ts'

/** The links that were made and not followed yet: to make anew, or to end. */
export function PendingInvitations({
  signIns: { people, links, isBusy, invite, withdraw },
}: {
  readonly signIns: SignIns
}) {
  const { t } = useTranslation()
  const formats = useFormats()
  const pending = [...people.values()]
    .filter(({ hasSignIn, invitedUntil }) => !hasSignIn && invitedUntil !== null)
    .sort((a, b) => formats.compare(a.name, b.name))
  if (pending.length === 0) return null
  return (
    <Stack component="section" gap="xs" aria-label={t('admin:invitation.pending')}>
      <Title order={2}>{t('admin:invitation.pending')}</Title>
      {pending.map((person) => (
        <Group key={person.key} gap="xs" className={classes.pending}>
          <Text component="bdi" fw={500}>
            {person.name}
          </Text>
          <Text size="sm" c="dimmed" flex={1}>
            {t('admin:invitation.until', { when: formats.dateTime(person.invitedUntil ?? '') })}
          </Text>
          {copyOf(links.get(person.key))}
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            aria-label={t('admin:invitation.resendOf', { name: person.name })}
            onClick={() => invite(person)}
          >
            {t('admin:invitation.resend')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            disabled={isBusy}
            aria-label={t('admin:invitation.withdrawOf', { name: person.name })}
            onClick={() => withdraw(person)}
          >
            {t('admin:invitation.withdraw')}
          </Button>
        </Group>
      ))}
    </Stack>
  )
}

/** A link can be copied as long as the page stays open: it is told once. */
function copyOf(link: string | undefined) {
  return link && <CopyLink link={link} />
}
