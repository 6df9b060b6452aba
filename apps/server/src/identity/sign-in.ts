import { fold } from '@bailiwick/access'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { admit } from '../people/admitted-policy.ts'
import { listMemberships, type Membership } from '../people/memberships.ts'
import { notSignedIn, Problem, unavailable } from '../problem.ts'
import type { IdentityParts } from './identity-parts.ts'
import { noteEntry, noteFailedSignIn } from './note-entries.ts'
import { authHeaders, endSessions, setFirstOrganization } from './sessions.ts'

export interface SignedIn {
  readonly user: { readonly name: string; readonly email: string }
  readonly organization: { readonly slug: string; readonly name: string }
  readonly cookies: readonly string[]
}

/**
 * Checks a password and opens a session in the first of the person's organizations that lets him in now and from here.
 * @param preferred the id of the organization that comes before the others
 * @throws Problem 401, in the same words for an unknown address and a wrong password
 */
export async function signIn(
  parts: IdentityParts,
  request: FastifyRequest,
  { email, password }: { email: string; password: string },
  preferred?: string,
): Promise<SignedIn> {
  const response = await parts.auth.api.signInEmail({
    body: { email: fold(email), password },
    headers: authHeaders(request),
    asResponse: true,
  })
  if (response.status >= 500) throw unavailable('Signing in does not work now.')
  if (!response.ok) {
    noteFailedSignIn(parts, request, email)
    throw notSignedIn('The e-mail address or the password is wrong.')
  }
  const { token, user } = readSignIn(await response.json())
  const membership = await enter(parts, request, { token, email: user.email, identityId: user.id, preferred })
  await noteEntry(parts, request, membership, 'signIn')
  return { user, organization: membership.organization, cookies: response.headers.getSetCookie() }
}

async function enter(
  parts: IdentityParts,
  request: FastifyRequest,
  { token, email, identityId, preferred }: { token: string; email: string; identityId: string; preferred?: string },
): Promise<Membership> {
  const membership = await findOpenMembership(parts, request, identityId, preferred)
  if (!membership) {
    noteFailedSignIn(parts, request, email)
    await parts.database.owner.transaction().execute((open) => endSessions(open, { identityId, only: token }))
    throw notSignedIn('None of your organizations lets you sign in at this time, or from this address.')
  }
  await setFirstOrganization(parts.database.control, token, membership.organization.id)
  return membership
}

async function findOpenMembership(
  parts: IdentityParts,
  request: FastifyRequest,
  identityId: string,
  preferred: string | undefined,
) {
  const memberships = await listMemberships(parts.database.control, identityId)
  const isFirst = ({ organization }: Membership) => organization.id === preferred
  for (const membership of [...memberships.filter(isFirst), ...memberships]) {
    if (await isAdmitted(parts, request, membership)) return membership
  }
  return undefined
}

/** Whether the organization lets the person in now and from where he is. */
export async function isAdmitted(
  parts: IdentityParts,
  request: FastifyRequest,
  { organization, user }: Membership,
): Promise<boolean> {
  const actor: Actor = { organization, user, asking: { now: parts.now(), ip: request.ip }, via: 'session' }
  try {
    await admit(parts.policies, actor)
    return true
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return false
    throw error
  }
}

interface AuthSignIn {
  readonly token: string
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
}

function readSignIn(answer: unknown): AuthSignIn {
  if (isSignIn(answer)) return answer
  throw new Error('better-auth answered a sign-in without session')
}

function isSignIn(answer: unknown): answer is AuthSignIn {
  return typeof answer === 'object' && answer !== null && 'token' in answer && typeof answer.token === 'string'
}
