import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import { ADDRESS_HEADER, type Auth } from './auth.ts'
import { identityTables } from './identity-tables.ts'

export interface Session {
  readonly token: string
  readonly identityId: string
  readonly name: string
  readonly email: string
  /** The organization that the session acts in. */
  readonly organizationId: string | undefined
  /** `Set-Cookie` values to pass on: a session in use is prolonged now and then. */
  readonly cookies: readonly string[]
}

const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?bailiwick\.session_token=/

/** Whether the request comes with a session cookie, good or not. */
export function hasSessionCookie(request: FastifyRequest): boolean {
  return SESSION_COOKIE.test(request.headers.cookie ?? '')
}

/** The session of the request's cookie; nothing where the cookie is forged, or the session ended. */
export async function findSession(auth: Auth, request: FastifyRequest): Promise<Session | undefined> {
  const { response, headers } = await auth.api.getSession({ headers: authHeaders(request), returnHeaders: true })
  if (!response) return undefined
  const { session, user } = response
  return {
    token: session.token,
    identityId: user.id,
    name: user.name,
    email: user.email,
    organizationId: session.organizationId ?? undefined,
    cookies: headers.getSetCookie(),
  }
}

/** Of the caller's headers what better-auth needs, and nothing that he could use to tell it who or where he is. */
export function authHeaders(request: FastifyRequest): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: request.ip })
  const { cookie, 'user-agent': agent } = request.headers
  if (cookie !== undefined) headers.set('cookie', cookie)
  if (agent !== undefined) headers.set('user-agent', agent.slice(0, 300))
  return headers
}

/** From the next request on the session acts in that organization. */
export async function setSessionOrganization(
  control: Kysely<ControlTables>,
  token: string,
  organizationId: string,
): Promise<void> {
  await identityTables(control).updateTable('sessions').set({ organizationId }).where('token', '=', token).execute()
}

/** Ends one session. */
export async function endSession(control: Kysely<ControlTables>, token: string): Promise<void> {
  await identityTables(control).deleteFrom('sessions').where('token', '=', token).execute()
}

/** Ends every session of the identity but one. */
export async function endOtherSessions(
  control: Kysely<ControlTables>,
  { identityId, token }: Pick<Session, 'identityId' | 'token'>,
): Promise<void> {
  await identityTables(control)
    .deleteFrom('sessions')
    .where('userId', '=', identityId)
    .where('token', '!=', token)
    .execute()
}
