import type { Database } from '../db/database.ts'
import type { LivePolicies } from './live-policy.ts'
import type { PlanParts } from './plan-policy.ts'

/** What the policy's routes are made of. */
export interface PolicyRoutesParts extends PlanParts {
  readonly database: Database
  readonly policies: LivePolicies
}
