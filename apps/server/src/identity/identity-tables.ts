import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'

/** better-auth's tables, as far as we touch them ourselves (db/migrations/identity.ts has them whole). */
export type IdentityTables = {
  identities: {
    id: string
    name: string
    email: string
    emailVerified: boolean
    createdAt: string | Date
    updatedAt: string | Date
  }
  credentials: {
    id: string
    accountId: string
    providerId: string
    userId: string
    password: string | null
    createdAt: string | Date
    updatedAt: string | Date
  }
  sessions: { id: string; token: string; userId: string; organizationId: string | null; expiresAt: string | Date }
}

/** The control schema with the identity room's tables in it. */
export function identityTables(control: Kysely<ControlTables>): Kysely<ControlTables & IdentityTables> {
  return control.withTables<IdentityTables>()
}
