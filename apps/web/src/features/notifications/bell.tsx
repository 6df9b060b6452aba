import { ActionIcon, Indicator } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { unreadKey } from '../../lib/notifications.ts'
import { OpenedLater } from '../../ui/opened-later.tsx'

const InboxPanel = lazy(async () => ({ default: (await import('./inbox-panel.tsx')).InboxPanel }))
const MANY = 99

/** How much is new, and the way to it. A screen reader hears when the number changes. */
export function Bell() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: unread = 0 } = useQuery<number>({ queryKey: unreadKey, enabled: false, initialData: 0 })
  const label = t('notifications:bell', { count: unread })
  const shown = unread > MANY ? `${formats.number(MANY)}+` : formats.number(unread)
  const button = (
    <ActionIcon size="lg" data-tour="bell" aria-label={label}>
      <IconBell size={20} stroke={1.6} aria-hidden />
    </ActionIcon>
  )
  return (
    <>
      <Indicator label={shown} size={16} disabled={unread === 0} color="red" offset={4}>
        <OpenedLater button={button}>{(opened) => <InboxPanel {...opened} />}</OpenedLater>
      </Indicator>
      <span className="bw-unseen" role="status">
        {unread > 0 ? label : ''}
      </span>
    </>
  )
}
