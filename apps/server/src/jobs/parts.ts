import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { LivePolicies } from '../policy/live-policy.ts'

/** What the queue is made of. */
export interface JobsParts {
  readonly database: Pick<Database, 'control' | 'organization' | 'listen'>
  readonly policies: LivePolicies
  readonly log: Pick<Logger, 'info' | 'error'>
  newId(): string
  /** Epoch milliseconds. */
  now(): number
}
