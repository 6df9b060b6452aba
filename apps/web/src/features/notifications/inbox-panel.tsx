import { Popover } from '@mantine/core'
import { inboxQuery } from '../../lib/notifications.ts'
import type { OpenedProps } from '../../ui/opened-later.tsx'
import { Inbox } from './inbox.tsx'

/** What is new, under the bell. */
export function InboxPanel({ button, opened, onChange }: OpenedProps) {
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-end" width={380} shadow="md" trapFocus returnFocus>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown p={0}>
        <Inbox query={inboxQuery(false)} onLeave={() => onChange(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
