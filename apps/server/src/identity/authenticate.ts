import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { admit } from '../people/admitted-policy.ts'
import { findMembership } from '../people/memberships.ts'
import { notSignedIn } from '../problem.ts'
import { requireOwnPage } from './anti-forgery.ts'
import { findApiKeyHolder } from './api-keys.ts'
import type { IdentityParts } from './identity-parts.ts'
import { findSession, hasSessionCookie, type Session } from './sessions.ts'

/** Who asks, and until when (epoch milliseconds) his credential lasts if nobody ends it. */
export interface Authenticated {
  readonly actor: Actor
  readonly endsAt: number
}

/**
 * Who asks, by the database: by exactly one of a session cookie and a bearer key.
 * @throws Problem 401 for anything that isn't in force (and for both at once); 403 for a key without `useApi`, or a forged request
 */
export async function authenticate(
  parts: IdentityParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Authenticated> {
  const { authorization } = request.headers
  if (authorization !== undefined && hasSessionCookie(request)) {
    throw notSignedIn('Send either a session cookie or an API key, not both.')
  }
  const authenticated =
    authorization === undefined
      ? await actorOfSession(parts, request, reply)
      : await actorOfKey(parts, request, authorization)
  await admit(parts.policies, authenticated.actor)
  return authenticated
}

async function actorOfKey(
  parts: IdentityParts,
  request: FastifyRequest,
  authorization: string,
): Promise<Authenticated> {
  const [, text] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  const now = parts.now()
  const holder = text === undefined ? undefined : await findApiKeyHolder(parts.database.control, text, now)
  if (!holder) throw notSignedIn('The API key is not in force.')
  const { organization, ownerId } = holder
  const user = await userOfOwner(parts, holder.organization, ownerId)
  return {
    actor: { organization, user, asking: { now, ip: request.ip }, via: 'key' },
    endsAt: Number.POSITIVE_INFINITY,
  }
}

/** The number of a user doesn't change; one that this process hasn't heard of yet came with a newer policy. */
async function userOfOwner(
  parts: IdentityParts,
  organization: Actor['organization'],
  ownerId: number,
): Promise<string> {
  const known = (await parts.policies.current(organization)).owners.refOf(ownerId)
  const owner = known ?? (await parts.policies.confirm(organization)).owners.refOf(ownerId)
  if (!owner?.startsWith('user:')) throw notSignedIn('The API key is not in force.')
  return owner.slice('user:'.length)
}

async function actorOfSession(
  parts: IdentityParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Authenticated> {
  const session = await requireSession(parts, request, reply)
  if (session.organizationId === undefined) throw notSignedIn()
  const membership = await findMembership(parts.database.control, session.identityId, session.organizationId)
  if (!membership) throw notSignedIn()
  const { id, slug, schema, role } = membership.organization
  const asking = { now: parts.now(), ip: request.ip }
  const actor: Actor = { organization: { id, slug, schema, role }, user: membership.user, asking, via: 'session' }
  return { actor, endsAt: session.expiresAt }
}

/**
 * The session behind the request's cookie, whatever its organization says to it. Passes on a prolonged cookie.
 * @throws Problem 401 without one, 403 where the anti-forgery check fails
 */
export async function requireSession(
  parts: IdentityParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session> {
  if (!hasSessionCookie(request)) throw notSignedIn()
  requireOwnPage(request, parts.publicUrl)
  const session = await findSession(parts.auth, request)
  if (!session) throw notSignedIn()
  if (session.cookies.length > 0) void reply.header('set-cookie', [...session.cookies])
  return session
}
