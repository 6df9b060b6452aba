import type { Difference, Policy, Problem } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import type { DataLoss } from '../modules/data-at-stake.ts'
import { type Examination, type ExaminingParts, examinePolicy, findRefusal } from './examine-policy.ts'
import { compileExaminedPolicy } from './examined-policy.ts'
import { type CountReached, measureEffect, type PolicyEffect } from './policy-effect.ts'
import type { InvariantResult } from './policy-invariants.ts'
import { refusalErrors } from './policy-refusals.ts'
import type { TestResult } from './policy-tests.ts'
import { readStoredPolicy } from './store.ts'

export interface PlanParts extends ExaminingParts {
  /** Counts through the gateway's own reading of conditions; `policy` is the one that the tables follow now. */
  readonly countReached: (
    database: QueryExecutorProvider,
    organization: OrganizationRef,
    policy: Policy,
    now: number,
  ) => CountReached
}

export interface PlanRequest {
  readonly organization: OrganizationRef
  readonly input: unknown
  readonly destroy?: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
  /** How many changed reaches (person × module × action) are counted; the rest is told as a number. */
  readonly mostCounted?: number
}

export interface Plan {
  /** The version that the plan was made against. */
  readonly version: number
  readonly upToDate: boolean
  /** Whether an apply with the same agreement to losses would go through. */
  readonly applies: boolean
  readonly problems: readonly Problem[]
  readonly changes: readonly Difference[]
  readonly destroys: readonly DataLoss[]
  readonly tests: readonly TestResult[]
  readonly invariants: readonly InvariantResult[]
  readonly effect: PolicyEffect
  /** Everything that would keep it from being applied, with its path. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

const MOST_COUNTED = 3_000
const NO_EFFECT: PolicyEffect = { people: [], actions: [], uncounted: 0 }

/**
 * What an apply would do, without doing it: all of it seen in one snapshot of the database. Nobody's permission is asked; whoever calls
 * it lets in only those with `manageAccess`, since counts tell of records that they may not see.
 */
export async function planPolicy(
  database: Pick<Database, 'organization'>,
  request: PlanRequest,
  parts: PlanParts,
): Promise<Plan> {
  return database
    .organization(request.organization)
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => planWithin(transaction, request, parts))
}

async function planWithin(database: QueryExecutorProvider, request: PlanRequest, parts: PlanParts): Promise<Plan> {
  const { organization, input, now } = request
  const { version, document } = await requireStored(database, organization)
  const current = { document, policy: compileExaminedPolicy(document, parts.catalogue) }
  const examination = await examinePolicy(database, organization, current, input, { now }, parts)
  const refusal = findRefusal(examination, request.destroy ?? [])
  const { problems, changes, destroys, tests, invariants } = examination
  return {
    version,
    upToDate: problems.length === 0 && changes.length === 0,
    applies: refusal === undefined,
    problems,
    changes,
    destroys,
    tests,
    invariants,
    effect: await effectOf(database, request, examination, parts),
    errors: refusal ? refusalErrors(refusal) : [],
  }
}

async function requireStored(database: QueryExecutorProvider, organization: OrganizationRef) {
  const stored = await readStoredPolicy(database, organization)
  if (!stored?.document) throw new Error(`The organization ${organization.schema} has no policy yet.`)
  return { version: stored.version, document: stored.document }
}

async function effectOf(
  database: QueryExecutorProvider,
  { organization, now, mostCounted }: PlanRequest,
  { before, after, changes }: Examination,
  { countReached }: PlanParts,
): Promise<PolicyEffect> {
  if (!after || changes.length === 0) return NO_EFFECT
  const count = countReached(database, organization, before, now)
  return measureEffect(before, after, changes, count, mostCounted ?? MOST_COUNTED)
}
