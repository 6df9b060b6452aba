import type { RuleFinding } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { type Examination, examinePolicy, findRefusal } from './examine-policy.ts'
import { compileExaminedPolicy } from './examined-policy.ts'
import { findWarnings } from './find-warnings.ts'
import type { PlanParts } from './plan-policy.ts'
import type { InvariantResult } from './policy-invariants.ts'
import { refusalErrors } from './policy-refusals.ts'
import type { TestResult } from './policy-tests.ts'
import { readStoredPolicy } from './store.ts'

export interface TestRequest {
  readonly organization: OrganizationRef
  /** The document as it came; absent: the one that stands. */
  readonly input?: unknown
  /** Epoch milliseconds. */
  readonly now: number
}

export interface TestReport {
  readonly passed: boolean
  readonly tests: readonly TestResult[]
  readonly invariants: readonly InvariantResult[]
  /** Rules that change nothing; they fail no test. */
  readonly warnings: readonly RuleFinding[]
  /** What isn't as it should be, with its path: problems of the document, failed examples, violated invariants. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

/**
 * Runs a document's examples and invariants against the records there are, changing nothing. Like `planPolicy` it asks nobody's
 * permission: whoever calls it lets in only those with `manageAccess`.
 */
export async function testPolicy(
  database: Pick<Database, 'organization'>,
  { organization, input, now }: TestRequest,
  parts: PlanParts,
): Promise<TestReport> {
  const reading = database.organization(organization).transaction().setIsolationLevel('repeatable read')
  return reading.setAccessMode('read only').execute(async (transaction) => {
    const document = (await readStoredPolicy(transaction, organization))?.document
    if (!document) throw new Error(`The organization ${organization.schema} has no policy yet.`)
    const current = { document, policy: compileExaminedPolicy(document, parts.catalogue) }
    const examination = await examinePolicy(transaction, organization, current, input ?? document, { now }, parts)
    return reportOf(examination, await warningsOf(transaction, { organization, now }, examination, parts))
  })
}

/** Data that a change would cost is no matter of its tests. */
function reportOf(examination: Examination, warnings: readonly RuleFinding[]): TestReport {
  const refusal = findRefusal({ ...examination, destroys: [] }, [])
  return {
    passed: refusal === undefined,
    tests: examination.tests,
    invariants: examination.invariants,
    warnings,
    errors: refusal ? refusalErrors(refusal) : [],
  }
}

async function warningsOf(
  database: QueryExecutorProvider,
  { organization, now }: Pick<TestRequest, 'organization' | 'now'>,
  { before, after }: Examination,
  { compareRecords }: PlanParts,
): Promise<readonly RuleFinding[]> {
  if (!after) return []
  const records = await compareRecords(database, organization, { policy: before, now })
  return findWarnings({ before, after, now, records })
}
