import {
  compareFields,
  compareFigures,
  compareModuleActions,
  comparePermissions,
  compareSignIn,
  compilePolicy,
  type Difference,
  type FieldEffect,
  type FigureEffect,
  type Key,
  lintRules,
  type ModuleActionEffect,
  type PermissionEffect,
  type PolicyDocument,
  type Problem,
  type RuleFinding,
  type SignInEffect,
} from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import type { DataLoss } from '../modules/data-at-stake.ts'
import {
  type CurrentPolicy,
  type Examination,
  type ExaminingParts,
  examinePolicy,
  findRefusal,
} from './examine-policy.ts'
import { compileExaminedPolicy, examinedPolicy } from './examined-policy.ts'
import { changedRules, findWarnings } from './find-warnings.ts'
import type { LivePolicies } from './live-policy.ts'
import {
  type Asker,
  type ComparedRecords,
  type ComparingQuestion,
  type EffectProgress,
  measureEffect,
  type RecordEffect,
} from './policy-effect.ts'
import type { InvariantResult } from './policy-invariants.ts'
import { refusalErrors } from './policy-refusals.ts'
import type { TestResult } from './policy-tests.ts'
import { approvalsNeeded } from './propose-change.ts'
import type { Snapshot } from './snapshot.ts'
import { readStoredPolicy } from './store.ts'

export interface PlanParts extends ExaminingParts {
  /** Where they are at hand, and still stand, nothing is read and compiled a second time. */
  readonly policies?: Pick<LivePolicies, 'current'>
  /** Reads records for a comparison as the gateway does for everybody. */
  readonly compareRecords: (
    database: QueryExecutorProvider,
    organization: OrganizationRef,
    question: ComparingQuestion,
  ) => Promise<ComparedRecords>
}

export interface PlanRequest {
  readonly organization: OrganizationRef
  readonly input: unknown
  readonly destroy?: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
  /** Whoever asks; nobody: no records are shown as samples. */
  readonly asker?: Asker
  readonly onProgress?: (progress: EffectProgress) => void
}

export interface Plan {
  /** The version that the plan was made against. */
  readonly version: number
  readonly upToDate: boolean
  /** Whether an apply with the same agreement to losses would go through. */
  readonly applies: boolean
  /** How many other people would have to approve it first, by the policy that stands. */
  readonly needed: number
  readonly problems: readonly Problem[]
  readonly changes: readonly Difference[]
  readonly destroys: readonly DataLoss[]
  readonly tests: readonly TestResult[]
  readonly invariants: readonly InvariantResult[]
  /** Rules of the document to come that change nothing; no reason to refuse it. */
  readonly warnings: readonly RuleFinding[]
  readonly effect: PolicyEffect
  /** Everything that would keep it from being applied, with its path. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

/** What changes for whom: over the records as they are, and by what people are and hold. */
export interface PolicyEffect extends RecordEffect {
  readonly moduleActions: readonly ModuleActionEffect[]
  readonly permissions: readonly PermissionEffect[]
  readonly figures: readonly FigureEffect[]
  readonly fields: readonly FieldEffect[]
  readonly signIn: readonly SignInEffect[]
  /** Modules above that no licence covers: what stands there of them comes about once one does. */
  readonly unlicensed: readonly Key[]
}

const NO_EFFECT: PolicyEffect = {
  people: [],
  actions: [],
  moduleActions: [],
  permissions: [],
  figures: [],
  fields: [],
  signIn: [],
  unlicensed: [],
}

/** Sections that decide nothing about who may do what. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['tests', 'invariants'])
/** Sections that say who may sign in, when and from where. */
const SIGNING_IN: ReadonlySet<string> = new Set(['organization', 'profiles', 'users'])

/**
 * What an apply would do, without doing it: all of it seen in one snapshot of the database. Nobody's permission is asked; whoever calls
 * it lets in only those with `manageAccess`, since counts tell of records that they may not see.
 */
export async function planPolicy(
  database: Pick<Database, 'organization'>,
  request: PlanRequest,
  parts: PlanParts,
): Promise<Plan> {
  const known = await parts.policies?.current(request.organization)
  return database
    .organization(request.organization)
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => planWithin(transaction, request, known, parts))
}

async function planWithin(
  database: QueryExecutorProvider,
  request: PlanRequest,
  known: Snapshot | undefined,
  parts: PlanParts,
): Promise<Plan> {
  const { organization, input, now } = request
  const { version, ...current } = await requireCurrent(database, organization, known, parts)
  const examination = await examinePolicy(database, organization, current, input, { now }, parts)
  const refusal = findRefusal(examination, request.destroy ?? [])
  const { problems, changes, destroys, tests, invariants } = examination
  return {
    version,
    upToDate: problems.length === 0 && changes.length === 0,
    applies: refusal === undefined,
    needed: approvalsNeeded(current.document),
    problems,
    changes,
    destroys,
    tests,
    invariants,
    warnings: await warningsOf(database, request, examination, parts),
    effect: await effectOf(database, request, current.document, examination, parts),
    errors: refusal ? refusalErrors(refusal) : [],
  }
}

async function warningsOf(
  database: QueryExecutorProvider,
  { organization, now }: PlanRequest,
  { before, after, changes }: Examination,
  { compareRecords }: PlanParts,
): Promise<readonly RuleFinding[]> {
  if (!after) return []
  const only = changedRules(after, changes)
  if (only.length === 0) return lintRules(after)
  const records = await compareRecords(database, organization, { policy: before, now })
  return findWarnings({ before, after, now, records, only })
}

/** As it stands in the transaction's snapshot. */
async function requireCurrent(
  database: QueryExecutorProvider,
  organization: OrganizationRef,
  known: Snapshot | undefined,
  { catalogue }: PlanParts,
): Promise<CurrentPolicy & { readonly version: number }> {
  const stored = await readStoredPolicy(database, organization, known)
  if (stored && !stored.document && known)
    return { version: stored.version, document: known.document, policy: examinedPolicy(known.policy, catalogue) }
  if (!stored?.document) throw new Error(`The organization ${organization.schema} has no policy yet.`)
  const { version, document } = stored
  return { version, document, policy: compileExaminedPolicy(document, catalogue) }
}

async function effectOf(
  database: QueryExecutorProvider,
  { organization, now, asker, onProgress }: PlanRequest,
  current: PolicyDocument,
  { before, after, document, changes }: Examination,
  { compareRecords, catalogue }: PlanParts,
): Promise<PolicyEffect> {
  if (!after || !document || !changes.some((change) => !isIn(change, WITHOUT_EFFECT))) return NO_EFFECT
  const records = await compareRecords(database, organization, { policy: before, now, asker })
  const onRecords = await measureEffect({ before, after, now, records, onProgress })
  const effect = {
    ...onRecords,
    moduleActions: compareModuleActions(before, after),
    figures: compareFigures(before, after),
    fields: compareFields(before, after),
  }
  return {
    ...effect,
    unlicensed: modulesOf(effect).filter((module) => asker?.isLicensed(module) === false),
    permissions: comparePermissions(before, after),
    signIn: changes.some((change) => isIn(change, SIGNING_IN))
      ? compareSignIn(compilePolicy(current, catalogue), compilePolicy(document, catalogue))
      : [],
  }
}

function modulesOf(effect: Omit<PolicyEffect, 'permissions' | 'signIn' | 'unlicensed'>): Key[] {
  const ofFields = effect.fields.flatMap(({ changes }) => changes)
  const parts = [...effect.actions, ...effect.moduleActions, ...effect.figures, ...ofFields]
  return [...new Set(parts.map(({ module }) => module))]
}

function isIn({ path }: Difference, sections: ReadonlySet<string>): boolean {
  return sections.has(path.split('/')[1] ?? '')
}
