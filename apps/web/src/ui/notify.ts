import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import { problemText } from './problem-text.ts'

/** Says for a moment what was done. A screen reader hears it. */
export function say(message: ReactNode, { autoClose = 4_000 }: { autoClose?: number | false } = {}): string {
  return notifications.show({ message, autoClose, role: 'status', withBorder: true, closeButtonProps: closeButton() })
}

/** Says what went wrong, until it is closed. */
export function sayProblem(t: (key: string) => string, error: unknown): string {
  return notifications.show({
    message: problemText(t, error),
    color: 'red',
    autoClose: 10_000,
    role: 'alert',
    withBorder: true,
    closeButtonProps: closeButton(),
  })
}

/** Its cross, with a name. */
function closeButton() {
  return { 'aria-label': i18next.t('common:close') }
}

export function unsay(id: string): void {
  notifications.hide(id)
}
