import { hasSystemPermission } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { LivePolicies, Snapshot } from '../policy/live-policy.ts'
import { notPermitted } from '../problem.ts'
import { isOperator } from './admission.ts'
import { confirmAdmitted } from './admitted-policy.ts'

/**
 * The policy as it stands, for whoever may have all of it: people who manage access in it, and the operator.
 * @throws Problem 403 for anybody else, and as `requireAdmitted`
 */
export async function requireAccessManager(policies: LivePolicies, actor: Actor): Promise<Snapshot> {
  const snapshot = await confirmAdmitted(policies, actor)
  if (isOperator(actor) || hasSystemPermission(snapshot.policy, actor.user, 'manageAccess')) return snapshot
  throw notPermitted('The policy takes the system permission "manageAccess".')
}
