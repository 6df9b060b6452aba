import { ActionIcon, Indicator, Popover } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { inboxQuery, unreadKey } from '../../lib/notifications.ts'

const Inbox = lazy(async () => ({ default: (await import('./inbox.tsx')).Inbox }))
const MANY = 99

/** How much is new, and the way to it. A screen reader hears when the number changes. */
export function Bell() {
  const { t } = useTranslation()
  const formats = useFormats()
  const [opened, setOpened] = useState(false)
  const { data: unread = 0 } = useQuery<number>({ queryKey: unreadKey, enabled: false, initialData: 0 })
  const label = t('notifications:bell', { count: unread })
  const shown = unread > MANY ? `${formats.number(MANY)}+` : formats.number(unread)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} shadow="md" trapFocus returnFocus>
      <Indicator label={shown} size={16} disabled={unread === 0} color="red" offset={4}>
        <Popover.Target>
          <ActionIcon size="lg" data-tour="bell" aria-label={label} onClick={() => setOpened((now) => !now)}>
            <IconBell size={20} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        <Suspense>
          <Inbox query={inboxQuery(false)} onLeave={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
      <span className="bw-unseen" role="status">
        {unread > 0 ? label : ''}
      </span>
    </Popover>
  )
}
