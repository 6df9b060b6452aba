import type { Kysely } from 'kysely'
import type { ControlTables, OrganizationRef, OrganizationTables } from '../db/tables.ts'
import type { LivePolicies } from '../policy/live-policy.ts'
import type { Auth } from './auth.ts'

/** What finding out who asks is made of. */
export interface IdentityParts {
  readonly database: {
    /** The login role: for what changes who is let in together with an organization's stamp. */
    readonly owner: Kysely<ControlTables>
    readonly control: Kysely<ControlTables>
    organization(place: OrganizationRef): Kysely<OrganizationTables>
  }
  readonly policies: LivePolicies
  readonly auth: Auth
  readonly publicUrl?: string
  newId(): string
  /** Epoch milliseconds. */
  now(): number
}
