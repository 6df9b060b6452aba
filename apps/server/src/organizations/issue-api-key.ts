import type { Key } from '@bailiwick/access'
import { noteEvent } from '../audit/note-event.ts'
import { createApiKey } from '../identity/api-keys.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { notFound } from '../problem.ts'
import type { OrganizationParts } from './organization-parts.ts'

/**
 * An API key for a user of an organization: its text, which can't be had again. That it is made is written down first: a crash leaves
 * no key that the audit doesn't know.
 * @throws Problem 404 without such a user
 */
export async function issueApiKey(
  parts: OrganizationParts,
  organization: OrganizationPlace,
  user: Key,
  name: string,
): Promise<string> {
  const { owners } = await parts.policies.confirm(organization)
  const ownerId = owners.idOf(`user:${user}`)
  if (ownerId === undefined) throw notFound()
  const key = { id: parts.newId(), organizationId: organization.id, ownerId, name, now: parts.now() }
  const details = { name, key: key.id }
  await noteEvent(parts.database.organization(organization), { action: 'makeKey', at: key.now, subject: user, details })
  return createApiKey(parts.database.control, key, parts.random)
}
