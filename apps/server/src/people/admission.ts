import { canSignIn, hasSystemPermission, type Policy } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { notPermitted, notSignedIn } from '../problem.ts'

/** Whether it is the operator himself who acts: he is no user of the organization. */
export function isOperator(actor: Actor): boolean {
  return actor.via === 'operator'
}

/**
 * Whether the policy lets the actor in at all: an active user, inside a sign-in window and network of his, and with `useApi` where he
 * comes by a key (access model, sections 2 and 7). Pure and quick: to be asked again of every policy that a request meets.
 * @throws Problem 401 for who may not be signed in (as for who doesn't exist), 403 for a key without `useApi`
 */
export function requireAdmitted(policy: Policy, actor: Actor): void {
  if (isOperator(actor)) return
  if (policy.users.get(actor.user)?.status !== 'active') throw notSignedIn()
  if (!canSignIn(policy, actor.user, actor.asking)) {
    throw notSignedIn('Signing in is not allowed at this time or from this address.')
  }
  if (actor.via === 'key' && !hasSystemPermission(policy, actor.user, 'useApi')) {
    throw notPermitted('An API key works for those who hold the system permission useApi.')
  }
}

/**
 * The same of the policy that an answer rests on, and of the credential: where that was remembered under another stamp, the database is
 * asked, and there is something to wait for.
 * @throws Problem as `requireAdmitted`, and 401 for a credential that ended; ActorChanged
 */
export function requireStillAdmitted({ policy, stamp }: Snapshot, actor: Actor): Promise<void> | undefined {
  const { admission } = actor
  if (admission && admission.stamp !== stamp) {
    return admission.renew(stamp).then(() => requireAdmitted(policy, actor))
  }
  requireAdmitted(policy, actor)
  return undefined
}
