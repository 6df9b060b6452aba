import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { CopyLink } from '../../ui/invitations/copy-link.tsx'
import type { Person, SignIns } from './use-people.ts'

interface Props {
  /** Absent for somebody who is in the draft alone. */
  readonly person: Person | undefined
  readonly signIns: SignIns
}

/** Whether somebody can sign in; who can't and may is invited here. */
export function SignInCell({ person, signIns }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (!person) return null
  const { name, status, email, hasSignIn, invitedUntil } = person
  if (!hasSignIn && !invitedUntil && status === 'active' && email !== undefined) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={signIns.isBusy}
        aria-label={t('admin:invitation.inviteOf', { name })}
        onClick={() => signIns.invite(person)}
      >
        {t('admin:invitation.invite')}
      </Button>
    )
  }
  const standing = hasSignIn
    ? t('admin:invitation.canSignIn')
    : invitedUntil
      ? t('admin:invitation.invitedUntil', { when: formats.dateTime(invitedUntil) })
      : t('admin:invitation.noSignIn')
  const link = signIns.links.get(person.key)
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {standing}
      </Text>
      {link && <CopyLink link={link} />}
    </Group>
  )
}
