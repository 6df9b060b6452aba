import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'

/** Says something else where something is said already: how far a job is. */
export function updateSaid(id: string, message: ReactNode): void {
  notifications.update({ id, message, autoClose: false, withBorder: true })
}
