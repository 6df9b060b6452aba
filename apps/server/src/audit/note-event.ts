import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'

/** What is written down for the audit alone; what happens to records and to the policy stands in their own history. */
export const EVENT_ACTIONS = [
  'signIn',
  'failedSignIn',
  'signOut',
  'changePassword',
  'giveSignIn',
  'invite',
  'acceptInvitation',
  'makeKey',
  'revokeKey',
  'export',
  'import',
  'undoImport',
  'breakGlass',
  'proposePolicy',
  'approvePolicy',
  'declinePolicy',
  'withdrawPolicy',
] as const
export type EventAction = (typeof EVENT_ACTIONS)[number]

export interface AuditEvent {
  readonly action: EventAction
  /** Epoch milliseconds. */
  readonly at: number
  /** The user who did it; unstated where that was the operator, or nobody known. */
  readonly user?: string
  /** The user to whom it was done. */
  readonly subject?: string
  readonly module?: string
  readonly recordId?: string
  /** What else is to be known of it; never a value of a record. */
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * Writes an event down. `executor` must be in the organization's schema; events are added and read there, and neither changed nor removed.
 */
export async function noteEvent(executor: QueryExecutorProvider, event: AuditEvent): Promise<void> {
  await eventSql(event).execute(executor)
}

/** The statement of `noteEvent`, for a change that is one statement itself. */
export function eventSql({
  action,
  at,
  user,
  subject,
  module,
  recordId,
  details = {},
}: AuditEvent): RawBuilder<unknown> {
  return sql`insert into audit_events (at, actor, action, subject, module, record_id, details)
    select ${new Date(at).toISOString()}::timestamptz, (select id from owners where kind = 'user' and key = ${user ?? null}::text),
      ${action}::text, ${subject === undefined ? null : `user:${subject}`}::text, ${module ?? null}::text, ${recordId ?? null}::uuid,
      ${JSON.stringify(details)}::jsonb`
}
