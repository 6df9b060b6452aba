import {
  type Difference,
  describeDifference,
  hasSystemPermission,
  type Key,
  type Policy,
  type PolicyDocument,
} from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { alterTables, TableChangeRefused } from '../modules/alter-tables.ts'
import { placeOwners } from './buckets.ts'
import {
  type CurrentPolicy,
  type DocumentExamination,
  type Examination,
  type ExaminingParts,
  examineData,
  examineDocument,
  findRefusal,
} from './examine-policy.ts'
import { compileExaminedPolicy, examinedPolicy } from './examined-policy.ts'
import type { LivePolicies } from './live-policy.ts'
import { PolicyChangeForbidden, PolicyMoved, PolicyRefused, PolicyVersionMissing } from './policy-refusals.ts'
import { findVersion, type Head, insertVersion, lockHead } from './store.ts'

export interface PolicyChange {
  readonly organization: OrganizationRef
  /** The document as parsed from YAML or JSON; nothing of it is trusted. */
  readonly input: unknown
  /** Who applies: a user of the organization, or the operator of the installation, who is asked for no permission. */
  readonly author: { readonly user: Key } | 'operator'
  readonly reason?: string
  /** The version that the change was made from: another one by now refuses it. Unstated: whatever stands. */
  readonly baseVersion?: number
  /** `module` or `module.field`, for data that may go with it. */
  readonly destroy?: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
  /** Milliseconds to wait for writes and reads that hold what the change needs; 15,000 if unstated. */
  readonly patience?: number
}

export interface AppliedPolicy {
  /** The version that stands now. */
  readonly version: number
  /** Empty where the document changed nothing: then no version was made. */
  readonly changes: readonly Difference[]
}

export interface ApplyingParts extends ExaminingParts {
  /** Where they are at hand, all that asks nothing of the database is done before anybody has to wait for the change. */
  readonly policies?: Pick<LivePolicies, 'current'>
}

/** How long the change waits for running writes and long reads before it gives up, so that nobody queues up behind it for ever. */
const PATIENCE = 15_000
const LOCK_NOT_AVAILABLE = '55P03'

/** Long reads or writes held what the change needs; nothing changed. */
export class PolicyBusy extends Error {
  constructor(options: ErrorOptions) {
    super('The records are in use by a long task; try again in a moment.', options)
    this.name = 'PolicyBusy'
  }
}

/**
 * Makes a document the organization's policy: one transaction with the tables' changes, so that a crash leaves the old policy or the new
 * one. From its first statement on nobody writes records: what was worked out before that stands where the policy is still the one that
 * it was worked out for, and is worked out again where it isn't.
 * @throws PolicyMoved, PolicyRefused (with everything that stands against it), PolicyChangeForbidden, PolicyBusy
 */
export async function applyPolicy(
  database: Pick<Database, 'ownerTransaction'>,
  change: PolicyChange,
  parts: ApplyingParts,
): Promise<AppliedPolicy> {
  try {
    const prepared = await prepare(change, parts)
    return await database.ownerTransaction(change.organization, (owner) => applyWithin(owner, change, prepared, parts))
  } catch (error) {
    if (error instanceof TableChangeRefused) throw new PolicyRefused({ problems: [error.problem] })
    if (isLockTimeout(error)) throw new PolicyBusy({ cause: error })
    throw error
  }
}

/** What a version, and a change of it, come to. */
interface Prepared {
  readonly version: number
  readonly current: CurrentPolicy
  readonly examined: DocumentExamination
}

async function prepare(
  { organization, input }: PolicyChange,
  { policies, catalogue }: ApplyingParts,
): Promise<Prepared | undefined> {
  const snapshot = await policies?.current(organization)
  if (!snapshot) return undefined
  const { version, document } = snapshot
  const current = { document, policy: examinedPolicy(snapshot.policy, catalogue) }
  return { version, current, examined: examineDocument(current, input, catalogue) }
}

async function applyWithin(
  transaction: QueryExecutorProvider,
  change: PolicyChange,
  prepared: Prepared | undefined,
  parts: ExaminingParts,
): Promise<AppliedPolicy> {
  const { organization, now, patience = PATIENCE } = change
  await sql`select set_config('lock_timeout', ${`${patience}ms`}, true)`.execute(transaction)
  const head = await lockHead(transaction, organization)
  const isPrepared = prepared?.version === head.version
  const current = isPrepared ? prepared.current : await readCurrent(transaction, organization, head, parts)
  requirePermission(change, current.policy)
  await requireUnmoved(transaction, change, head, current.document)
  const examined = isPrepared ? prepared.examined : examineDocument(current, change.input, parts.catalogue)
  const examination = await examineData(transaction, organization, examined, { now }, parts.readFacts)
  const refusal = findRefusal(examination, change.destroy ?? [])
  if (refusal) throw new PolicyRefused(refusal)
  if (examination.changes.length === 0) return { version: head.version, changes: [] }
  return saveVersion(transaction, change, head, current.document, examination)
}

async function readCurrent(
  transaction: QueryExecutorProvider,
  organization: OrganizationRef,
  head: Head,
  { catalogue }: ExaminingParts,
): Promise<CurrentPolicy> {
  const document = await documentOf(transaction, organization, head.version)
  return { document, policy: compileExaminedPolicy(document, catalogue) }
}

/** A mistaken base is told before what is wrong with the document: that may be no more than the base. */
async function requireUnmoved(
  transaction: QueryExecutorProvider,
  { organization, baseVersion }: PolicyChange,
  head: Head,
  current: PolicyDocument,
): Promise<void> {
  if (baseVersion === undefined || baseVersion === head.version) return
  const base = await documentOf(transaction, organization, baseVersion)
  throw new PolicyMoved(head.version, describeDifference(base, current))
}

async function documentOf(
  transaction: QueryExecutorProvider,
  organization: OrganizationRef,
  number: number,
): Promise<PolicyDocument> {
  const version = await findVersion(transaction, organization, number)
  if (!version) throw new PolicyVersionMissing(number)
  return version.document
}

/** Asked under the lock: who lost `manageAccess` a moment ago doesn't slip through. */
function requirePermission({ author }: PolicyChange, policy: Policy): void {
  if (author !== 'operator' && !hasSystemPermission(policy, author.user, 'manageAccess'))
    throw new PolicyChangeForbidden()
}

/** Sections that say who owns and in which bucket: the very same objects leave every owner where he is. */
const PLACING = ['users', 'teams'] as const

async function saveVersion(
  transaction: QueryExecutorProvider,
  { organization, author, reason, now }: PolicyChange,
  head: Head,
  current: PolicyDocument,
  { before, after, document, changes }: Examination,
): Promise<AppliedPolicy> {
  if (!after || !document) throw new Error('A document without problems was expected.')
  await alterTables(transaction, organization, before.modules, after.modules)
  if (PLACING.some((section) => document[section] !== current[section]))
    await placeOwners(transaction, organization, document)
  await insertVersion(transaction, organization, {
    number: head.version + 1,
    author: author === 'operator' ? 'operator' : `user:${author.user}`,
    approvers: [],
    at: new Date(now).toISOString(),
    reason: reason ?? null,
    document,
    difference: changes,
  })
  return { version: head.version + 1, changes }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE
}
