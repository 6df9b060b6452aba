import type { Actor } from '../actor.ts'
import { listUsersWithSignIn } from '../people/memberships.ts'
import type { InvitationParts } from './invitation-parts.ts'
import { listInvited } from './store.ts'
import { requireUserManager } from './user-manager.ts'

/** The users of the organization in the policy's order, and whether they have a sign-in. @throws Problem 403 */
export async function listPeople(parts: InvitationParts, actor: Actor) {
  const { policy } = await requireUserManager(parts.policies, actor)
  const { control } = parts.database
  const { id } = actor.organization
  const [signIns, invited] = await Promise.all([
    listUsersWithSignIn(control, id),
    listInvited(control, id, parts.now()),
  ])
  return [...policy.users.values()].map(({ key, name, email, role, status }) => ({
    key,
    name,
    ...(email !== undefined && { email }),
    ...(role !== undefined && { role }),
    status,
    hasSignIn: signIns.has(key),
    invitedUntil: invited.get(key)?.toISOString() ?? null,
  }))
}
