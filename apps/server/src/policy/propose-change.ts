import { hasSystemPermission, type Policy, type PolicyDocument } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import { type EventAction, noteEvent } from '../audit/note-event.ts'
import { insertChange, type NewChange, type PendingChange, tellApprovers } from './pending-changes.ts'

/** How many other people have to approve a change of the policy. */
export function approvalsNeeded({ organization }: PolicyDocument): number {
  return organization?.approvals ?? 0
}

/**
 * Keeps a change until enough people have approved it, and tells those who may. The head must be locked. @param before the policy that stands
 * @returns its number
 */
export async function proposeChange(
  transaction: QueryExecutorProvider,
  change: NewChange,
  before: Policy,
): Promise<number> {
  const id = await insertChange(transaction, change)
  await noteStep(transaction, 'proposePolicy', change.author, { id, base: change.base, at: change.at })
  const approvers = [...before.users.values()].filter(
    ({ key, status }) =>
      status === 'active' && change.author !== `user:${key}` && hasSystemPermission(before, key, 'manageAccess'),
  )
  await tellApprovers(
    transaction,
    { id, ...change },
    approvers.map(({ key }) => key),
  )
  return id
}

/** Writes down in the audit what somebody did about a change. @param by user:anna, or operator */
export async function noteStep(
  transaction: QueryExecutorProvider,
  action: EventAction,
  by: string,
  { id, base, at }: Pick<PendingChange, 'id' | 'base' | 'at'>,
): Promise<void> {
  const user = by.startsWith('user:') ? by.slice('user:'.length) : undefined
  await noteEvent(transaction, { action, at: Date.parse(at), user, details: { change: id, base } })
}
