import type { ModuleCatalogue } from '@bailiwick/access'
import type { Database } from '../db/database.ts'
import type { IdentityParts } from '../identity/identity-parts.ts'

/** What making organizations and letting people in takes. */
export interface OrganizationParts extends IdentityParts {
  readonly database: Database
  readonly catalogue: ModuleCatalogue
  random(bytes: number): Buffer
}
