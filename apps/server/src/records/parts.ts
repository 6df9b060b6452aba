import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationTables } from '../db/tables.ts'
import type { EncryptedValues } from '../modules/encrypted-values.ts'
import type { LivePolicies } from '../policy/live-policy.ts'

/** What the gateway to record tables is made of. */
export interface RecordsParts {
  readonly database: Pick<Database, 'organization' | 'run'>
  readonly policies: LivePolicies
  readonly secrets: EncryptedValues
  /** A new record's id: a UUID of version 7, so that ids grow with time. */
  newId(): string
}

export type Executor = Kysely<OrganizationTables>
