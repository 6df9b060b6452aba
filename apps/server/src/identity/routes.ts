import { fold } from '@bailiwick/access'
import { ChangePasswordSchema, DoneSchema, SignedInSchema, SignInSchema } from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App, Routes } from '../http/app.ts'
import { type RateLimits, tooManyRequests } from '../http/protection.ts'
import { findMembership, listMemberships } from '../people/memberships.ts'
import { invalidInput } from '../problem.ts'
import { requireOwnOrigin } from './anti-forgery.ts'
import { requireSession } from './authenticate.ts'
import type { IdentityParts } from './identity-parts.ts'
import { noteEntry, noteEverywhere } from './note-entries.ts'
import {
  authHeaders,
  endSessions,
  findSession,
  hasSessionCookie,
  type Session,
  type SessionsToEnd,
} from './sessions.ts'
import { signIn } from './sign-in.ts'
import { SignInAttempts } from './sign-in-attempts.ts'

const TAGS = ['signing in']
const MINUTE = 60_000

/** Signing in and out. Everything else that better-auth could do stays shut until a route here opens it. */
export function identityRoutes(parts: IdentityParts, limits: RateLimits): Routes {
  return (app) => {
    signInRoute(app, parts, limits)
    sessionRoute(app, parts)
    signOutRoute(app, parts)
    changePasswordRoute(app, parts)
  }
}

function signInRoute(app: App, parts: IdentityParts, limits: RateLimits): void {
  const attempts = new SignInAttempts(limits.failedSignInsPerEmail)
  const schema = {
    tags: TAGS,
    summary: 'Sign in with e-mail address and password',
    body: SignInSchema,
    response: { 200: SignedInSchema },
  }
  const config = { rateLimit: { max: limits.signInsPerAddress, timeWindow: MINUTE } }
  app.post('/api/auth/sign-in/email', { schema, config }, async (request, reply) => {
    requireOwnOrigin(request, parts.publicUrl)
    const { cookies, ...signedIn } = await counted(attempts, parts, request, request.body.email, () =>
      signIn(parts, request, request.body),
    )
    return reply.header('set-cookie', [...cookies]).send(signedIn)
  })
}

/** Counted by name and address, so that nobody is kept out by what others try in his name from elsewhere. */
async function counted<Result>(
  attempts: SignInAttempts,
  parts: IdentityParts,
  request: FastifyRequest,
  email: string,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const name = `${request.ip} ${fold(email)}`
  const wait = attempts.begin(name, parts.now())
  if (wait > 0) throw tooManyRequests(wait)
  const result = await attempt()
  attempts.succeed(name)
  return result
}

function sessionRoute(app: App, parts: IdentityParts): void {
  const schema = {
    tags: TAGS,
    summary: 'Who is signed in; null where nobody is',
    response: { 200: Type.Union([SignedInSchema, Type.Null()]) },
  }
  app.get('/api/auth/session', { schema }, async (request) => {
    const session = hasSessionCookie(request) ? await findSession(parts.auth, request) : undefined
    return session ? presentSession(parts, session) : null
  })
}

async function presentSession(parts: IdentityParts, { identityId, organizationId, name, email }: Session) {
  const memberships = await listMemberships(parts.database.control, identityId)
  const current = memberships.find(({ organization }) => organization.id === organizationId)
  return { user: { name, email }, ...(current && { organization: current.organization }) }
}

function signOutRoute(app: App, parts: IdentityParts): void {
  const schema = { tags: TAGS, summary: 'End the session', response: { 200: DoneSchema } }
  app.post('/api/auth/sign-out', { schema }, async (request, reply) => {
    const session = await requireSession(parts, request, reply)
    await endOf(parts, { identityId: session.identityId, only: session.token })
    await noteSignOut(parts, request, session)
    const response = await parts.auth.api.signOut({ headers: authHeaders(request), asResponse: true })
    return reply.header('set-cookie', response.headers.getSetCookie()).send({ done: true as const })
  })
}

async function noteSignOut(parts: IdentityParts, request: FastifyRequest, session: Session): Promise<void> {
  const { identityId, organizationId } = session
  if (organizationId === undefined) return
  const membership = await findMembership(parts.database.control, identityId, organizationId)
  if (membership) await noteEntry(parts, request, membership, 'signOut')
}

function endOf({ database }: IdentityParts, sessions: SessionsToEnd): Promise<void> {
  return database.owner.transaction().execute((transaction) => endSessions(transaction, sessions))
}

function changePasswordRoute(app: App, parts: IdentityParts): void {
  const schema = {
    tags: TAGS,
    summary: 'Change the password; every other session of the person ends',
    body: ChangePasswordSchema,
    response: { 200: DoneSchema },
  }
  const config = { rateLimit: { max: 10, timeWindow: MINUTE } }
  app.post('/api/auth/change-password', { schema, config }, async (request, reply) => {
    const session = await requireSession(parts, request, reply)
    const headers = authHeaders(request)
    const response = await parts.auth.api.changePassword({ body: request.body, headers, asResponse: true })
    if (!response.ok) throw invalidInput([{ path: '/currentPassword', message: 'is wrong' }])
    await endOf(parts, { identityId: session.identityId, except: session.token })
    await noteEverywhere(parts, request, session.identityId, 'changePassword')
    return { done: true as const }
  })
}
