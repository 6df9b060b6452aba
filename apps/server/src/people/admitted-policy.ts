import type { Actor } from '../actor.ts'
import type { LivePolicies, Snapshot } from '../policy/live-policy.ts'
import { requireAdmitted, requireStillAdmitted } from './admission.ts'

/**
 * Lets an actor in by the policy as this process knows it. A refusal is believed only of the policy as the database has it; a
 * permission is confirmed by whatever answers the request, in the snapshot of its own statement.
 * @throws Problem as `requireAdmitted`
 */
export async function admit(policies: LivePolicies, actor: Actor): Promise<void> {
  if (!isAdmittedBy(await policies.current(actor.organization), actor)) await confirmAdmitted(policies, actor)
}

/** Whether the policy lets the actor in. */
export function isAdmittedBy({ policy }: Snapshot, actor: Actor): boolean {
  try {
    requireAdmitted(policy, actor)
    return true
  } catch {
    return false
  }
}

/** The policy as it stands, for answers that no statement on records stands behind, to an actor whom it admits. */
export async function confirmAdmitted(policies: LivePolicies, actor: Actor): Promise<Snapshot> {
  const snapshot = await policies.confirm(actor.organization)
  await requireStillAdmitted(snapshot, actor)
  actor.admission?.confirm()
  return snapshot
}
