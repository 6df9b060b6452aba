import {
  type Asking,
  checkDocument,
  type Difference,
  describeDifference,
  type Key,
  type ModuleCatalogue,
  type Policy,
  type PolicyDocument,
  type Problem,
  type RecordFacts,
} from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'
import { type DataLoss, findDataAtStake } from '../modules/data-at-stake.ts'
import { compileExaminedPolicy } from './examined-policy.ts'
import { checkInvariants, type InvariantResult } from './policy-invariants.ts'
import type { Refusal } from './policy-refusals.ts'
import { runPolicyTests, type TestResult } from './policy-tests.ts'

/** Reads the facts of a stored record, whoever asks; nothing where there is none. `policy` is the one that the tables follow now. */
export type ReadFacts = (
  database: QueryExecutorProvider,
  organization: OrganizationRef,
  policy: Policy,
  module: Key,
  id: string,
) => Promise<RecordFacts | undefined>

export interface ExaminingParts {
  readonly catalogue: ModuleCatalogue
  readonly readFacts: ReadFacts
}

/** The policy that stands: its document, and that compiled for examination. */
export interface CurrentPolicy {
  readonly document: PolicyDocument
  readonly policy: Policy
}

/** A document looked at against the policy that stands. */
export interface Examination {
  readonly before: Policy
  /** Absent where the document has problems of its own. */
  readonly after?: Policy
  /** Checked, merged with what it leaves alone, and complete. */
  readonly document?: PolicyDocument
  readonly problems: readonly Problem[]
  readonly changes: readonly Difference[]
  /** What would be lost of the data, whether or not that was agreed to. */
  readonly destroys: readonly DataLoss[]
  readonly tests: readonly TestResult[]
  readonly invariants: readonly InvariantResult[]
}

/** What can be said of a document without a look at the data. */
export interface DocumentExamination
  extends Pick<Examination, 'before' | 'after' | 'document' | 'problems' | 'changes' | 'invariants'> {}

/** Checks an incoming document against the current one, and makes it ready; asks nothing of the database. */
export function examineDocument(
  { document: current, policy: before }: CurrentPolicy,
  input: unknown,
  catalogue: ModuleCatalogue,
): DocumentExamination {
  const { problems, document } = checkDocument(input, { catalogue, base: current })
  if (!document || problems.length > 0) return { before, problems, changes: [], invariants: [] }
  const after = compileExaminedPolicy(document, catalogue, before)
  const changes = describeDifference(current, document)
  return { before, after, document, problems, changes, invariants: checkInvariants(after) }
}

/** Looks at the data as it is under the old policy. Reads only; sees what the executor's transaction sees. */
export async function examineData(
  database: QueryExecutorProvider,
  organization: OrganizationRef,
  examined: DocumentExamination,
  asking: Asking,
  readFacts: ReadFacts,
): Promise<Examination> {
  const { before, after } = examined
  if (!after) return { ...examined, destroys: [], tests: [] }
  const stake = await findDataAtStake(database, organization, before.modules, after.modules)
  const findFacts = (module: Key, id: string) =>
    before.modules.has(module) ? readFacts(database, organization, before, module, id) : Promise.resolve(undefined)
  const tests = await runPolicyTests(after, asking, findFacts)
  return { ...examined, problems: stake.problems, destroys: stake.losses, tests }
}

/** Checks an incoming document against the current one and the data. */
export function examinePolicy(
  database: QueryExecutorProvider,
  organization: OrganizationRef,
  current: CurrentPolicy,
  input: unknown,
  asking: Asking,
  { catalogue, readFacts }: ExaminingParts,
): Promise<Examination> {
  return examineData(database, organization, examineDocument(current, input, catalogue), asking, readFacts)
}

/**
 * What keeps an examined document from being applied; nothing where it may be.
 * @param agreedLosses `module` or `module.field`: data that may go.
 */
export function findRefusal(examination: Examination, agreedLosses: readonly string[]): Refusal | undefined {
  const agreed = new Set(agreedLosses)
  const refusal: Refusal = {
    problems: examination.problems,
    failedTests: examination.tests.filter((test) => !test.passed),
    violatedInvariants: examination.invariants.filter((invariant) => !invariant.holds),
    destroys: examination.destroys.filter(
      ({ module, field }) => !agreed.has(field === undefined ? module : `${module}.${field}`),
    ),
  }
  return Object.values(refusal).some((list) => list.length > 0) ? refusal : undefined
}
