import { UnstyledButton } from '@mantine/core'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../lib/me.ts'
import { OpenedLater } from '../ui/opened-later.tsx'
import { PersonAvatar } from '../ui/person-avatar.tsx'

const ProfileMenuItems = lazy(async () => ({ default: (await import('./profile-menu-items.tsx')).ProfileMenuItems }))

/** Who is signed in, and the way to all that is his own. */
export function ProfileMenu() {
  const { t } = useTranslation()
  const { user } = useMe()
  const button = (
    <UnstyledButton data-tour="profile" aria-haspopup="menu" aria-label={t('shell:profileOf', { name: user.name })}>
      <PersonAvatar name={user.name} />
    </UnstyledButton>
  )
  return <OpenedLater button={button}>{(opened) => <ProfileMenuItems {...opened} />}</OpenedLater>
}
