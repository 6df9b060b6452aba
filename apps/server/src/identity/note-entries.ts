import { fold } from '@bailiwick/access'
import type { FastifyRequest } from 'fastify'
import { type EventAction, noteEvent } from '../audit/note-event.ts'
import { listMemberships, type Membership } from '../people/memberships.ts'
import { findIdentity } from './create-identity.ts'
import type { IdentityParts } from './identity-parts.ts'

/** Writes down in an organization's audit that one of its users came, went, or changed what he comes in by. */
export async function noteEntry(
  { database, now }: IdentityParts,
  request: FastifyRequest,
  { organization, user }: Membership,
  action: EventAction,
): Promise<void> {
  const details = { ip: request.ip }
  await noteEvent(database.organization(organization), { action, at: now(), user, details })
}

/** The same in every organization that the identity is a user of. */
export async function noteEverywhere(
  parts: IdentityParts,
  request: FastifyRequest,
  identityId: string,
  action: EventAction,
): Promise<void> {
  for (const membership of await listMemberships(parts.database.control, identityId))
    await noteEntry(parts, request, membership, action)
}

/** What is being written while nobody waits for it. */
const writing = new Set<Promise<void>>()

/**
 * Writes down that somebody failed to sign in with the address, in every organization whose user has it. Nobody waits for it: how long a
 * refusal takes mustn't tell whether the address is anybody's. An address that is nobody's is of no organization's audit: that is for whoever
 * runs the server, in its log.
 */
export function noteFailedSignIn(parts: IdentityParts, request: FastifyRequest, email: string): void {
  const written = writeFailed(parts, request, email)
    .catch((error: unknown) => request.log.error({ err: error }, 'a failed sign-in was not written down'))
    .finally(() => writing.delete(written))
  writing.add(written)
}

/** Ends once all that nobody waited for is written. */
export async function entriesWritten(): Promise<void> {
  await Promise.all(writing)
}

async function writeFailed(parts: IdentityParts, request: FastifyRequest, email: string): Promise<void> {
  const { database, now } = parts
  const [at, details] = [now(), { ip: request.ip }]
  const identity = await findIdentity(database.control, fold(email))
  const memberships = identity ? await listMemberships(database.control, identity.id) : []
  // Without what was typed: people type passwords into the wrong field.
  if (memberships.length === 0) request.log.warn({ req: request }, 'a sign-in failed with an address that is nobody’s')
  for (const { organization, user } of memberships)
    await noteEvent(database.organization(organization), { action: 'failedSignIn', at, subject: user, details })
}
