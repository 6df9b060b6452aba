import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { NotificationParts } from '../notifications/notification-parts.ts'

/** What live events are made of. */
export interface LiveParts extends NotificationParts {
  readonly database: Pick<Database, 'organization' | 'run' | 'listen' | 'control'>
  readonly log: Pick<Logger, 'error'>
  /** Epoch milliseconds. */
  now(): number
}
