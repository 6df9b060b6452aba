import type { FastifyRequest } from 'fastify'
import type { Kysely, Transaction } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import { raiseStamp } from '../policy/raise-stamp.ts'
import { ADDRESS_HEADER, type Auth } from './auth.ts'
import { identityTables } from './identity-tables.ts'

export interface Session {
  readonly token: string
  readonly identityId: string
  readonly name: string
  readonly email: string
  /** The organization that the session acts in. */
  readonly organizationId: string | undefined
  /** Epoch milliseconds. */
  readonly expiresAt: number
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
    expiresAt: session.expiresAt.getTime(),
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

/** The organization that a session just opened acts in. */
export async function setFirstOrganization(
  control: Kysely<ControlTables>,
  token: string,
  organizationId: string,
): Promise<void> {
  await identityTables(control).updateTable('sessions').set({ organizationId }).where('token', '=', token).execute()
}

/** From the next request on the session acts in that organization. @param owner the login role */
export async function switchOrganization(
  owner: Kysely<ControlTables>,
  token: string,
  organizationId: string,
): Promise<void> {
  await owner.transaction().execute(async (transaction) => {
    const sessions = identityTables(transaction)
    const left = await sessions
      .selectFrom('sessions')
      .select('organizationId')
      .where('token', '=', token)
      .forUpdate()
      .execute()
    await sessions.updateTable('sessions').set({ organizationId }).where('token', '=', token).execute()
    await raiseStamps(transaction, left)
  })
}

/** Which sessions of an identity to end: one, or all but one, or all. */
export interface SessionsToEnd {
  readonly identityId: string
  readonly only?: string
  readonly except?: string
}

/**
 * Ends sessions at once: the stamps of the organizations that they acted in grow, so that no process goes by what it remembers of them.
 * @param transaction of the login role, which alone reaches both
 */
export async function endSessions(
  transaction: Transaction<ControlTables>,
  { identityId, only, except }: SessionsToEnd,
): Promise<void> {
  const ended = await identityTables(transaction)
    .deleteFrom('sessions')
    .where('userId', '=', identityId)
    .$if(only !== undefined, (query) => query.where('token', '=', only ?? ''))
    .$if(except !== undefined, (query) => query.where('token', '!=', except ?? ''))
    .returning('organizationId')
    .execute()
  await raiseStamps(transaction, ended)
}

/** One organization after the other in a fixed order, so that two such changes never wait for each other in a ring. */
async function raiseStamps(
  transaction: Transaction<ControlTables>,
  sessions: readonly { readonly organizationId: string | null }[],
): Promise<void> {
  const ids = sessions.flatMap(({ organizationId }) => organizationId ?? [])
  if (ids.length === 0) return
  const organizations = await transaction
    .selectFrom('organizations')
    .select('schema')
    .where('id', 'in', [...new Set(ids)])
    .orderBy('schema')
    .execute()
  for (const organization of organizations) await raiseStamp(transaction, organization)
}
