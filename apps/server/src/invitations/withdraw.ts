import type { Key } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { notFound } from '../problem.ts'
import type { InvitationParts } from './invitation-parts.ts'
import { removeInvitation } from './store.ts'
import { requireUserManager } from './user-manager.ts'

/**
 * Ends the link of a user before it was followed. Takes nothing but the looking after users: a link that nobody follows gives nothing.
 * @throws Problem 403, 404 where there is no such link
 */
export async function withdraw(parts: InvitationParts, actor: Actor, key: Key): Promise<void> {
  await requireUserManager(parts.policies, actor)
  const wasThere = await removeInvitation(parts.database.control, actor.organization.id, key, parts.now())
  if (!wasThere) throw notFound()
}
