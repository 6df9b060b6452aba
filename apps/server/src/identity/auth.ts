import { betterAuth } from 'better-auth'
import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import { instantsAsDates } from './instants-as-dates.ts'

export interface AuthParts {
  readonly control: Kysely<ControlTables>
  /** Signs the session cookies; at least 32 bytes of entropy, the same on every node. */
  readonly secret: string
  /** Where people reach the server; cookies are `Secure` where it is https. */
  readonly publicUrl?: string
}

/** Where our own word on the caller's address travels to better-auth; a caller's header of this name never gets there. */
export const ADDRESS_HEADER = 'x-bailiwick-address'

const HOUR = 3600
const SHORTEST_PASSWORD = 8
const LONGEST_PASSWORD = 256

/**
 * Identities and sessions. Nobody signs up: identities are made for an organization's people. Nothing is cached in cookies, so a
 * session that is deleted is gone with the commit. Of better-auth's own addresses only those in routes.ts are served, and rate
 * limits and the anti-forgery check are ours.
 */
export function createAuth({ control, secret, publicUrl }: AuthParts) {
  return betterAuth({
    database: { db: control.withPlugin(instantsAsDates), type: 'postgres' },
    secret,
    baseURL: publicUrl ?? 'http://localhost',
    basePath: '/api/auth',
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    user: { modelName: 'identities' },
    account: { modelName: 'credentials' },
    verification: { modelName: 'verifications' },
    session: {
      modelName: 'sessions',
      expiresIn: 7 * 24 * HOUR,
      updateAge: HOUR,
      cookieCache: { enabled: false },
      additionalFields: { organizationId: { type: 'string', required: false, input: false } },
    },
    advanced: {
      cookiePrefix: 'bailiwick',
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

export type Auth = ReturnType<typeof createAuth>
