import { hasSystemPermission } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { isOperator } from '../people/admission.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import type { LivePolicies, Snapshot } from '../policy/live-policy.ts'
import { notPermitted } from '../problem.ts'

/** The policy as it stands, for whoever looks after users, and the operator. @throws Problem 403 for anybody else */
export async function requireUserManager(policies: LivePolicies, actor: Actor): Promise<Snapshot> {
  const snapshot = await confirmAdmitted(policies, actor)
  if (isOperator(actor) || hasSystemPermission(snapshot.policy, actor.user, 'manageUsers')) return snapshot
  throw notPermitted('Looking after users takes the system permission "manageUsers".')
}
