import { setImmediate as connectionAskedFor } from 'node:timers/promises'
import {
  type Difference,
  describeDifference,
  hasSystemPermission,
  type Key,
  type ModuleCatalogue,
  type Policy,
  type PolicyDocument,
} from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { TableChangeRefused } from '../modules/alter-tables.ts'
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
import type { LivePolicies, Snapshot } from './live-policy.ts'
import { PolicyChangeForbidden, PolicyMoved, PolicyRefused, PolicyVersionMissing } from './policy-refusals.ts'
import { approvalsNeeded, proposeChange } from './propose-change.ts'
import { saveVersion } from './save-version.ts'
import { findVersion, type Head, lockHead } from './store.ts'

/** A user of the organization, or the operator of the installation, who is asked for no permission. */
export type Author = { readonly user: Key } | 'operator'

export interface PolicyChange {
  readonly organization: OrganizationRef
  /** The document as parsed from YAML or JSON; nothing of it is trusted. */
  readonly input: unknown
  /** Who applies. */
  readonly author: Author
  /** The operator’s word that it isn’t to wait for approval, where the policy asks for that; a person’s counts for nothing. */
  readonly withoutApproval?: boolean
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
  /** The number under which the change waits for approval; stated where it does, and nothing was applied. */
  readonly pending?: number
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
 * Makes a document the organization's policy, or, where that asks for other people's approval, a change that waits for it: one transaction with the tables' changes, so that a crash leaves the old policy or the new
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
    const preparing = prepareMeanwhile(change, parts, await parts.policies?.current(change.organization))
    return await database.ownerTransaction(change.organization, async (owner) =>
      applyWithin(owner, change, await preparing, parts),
    )
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

/**
 * What can be worked out without the database. It begins once the connection is asked for, which the database makes meanwhile; whatever
 * itself waits for a connection was waited for before, so that nobody who holds one waits for another.
 */
function prepareMeanwhile(
  { input }: PolicyChange,
  { catalogue }: ApplyingParts,
  snapshot: Snapshot | undefined,
): Promise<Prepared | undefined> {
  const preparing = connectionAskedFor().then(() => snapshot && prepare(snapshot, input, catalogue))
  // Where no connection comes, nobody waits for it.
  preparing.catch(() => {})
  return preparing
}

function prepare({ version, document, policy }: Snapshot, input: unknown, catalogue: ModuleCatalogue): Prepared {
  const current = { document, policy: examinedPolicy(policy, catalogue) }
  return { version, current, examined: examineDocument(current, input, catalogue) }
}

/** How long the transaction waits for what others hold. */
export async function setPatience(transaction: QueryExecutorProvider, milliseconds = PATIENCE): Promise<void> {
  await sql`select set_config('lock_timeout', ${`${milliseconds}ms`}, true)`.execute(transaction)
}

async function applyWithin(
  transaction: QueryExecutorProvider,
  change: PolicyChange,
  prepared: Prepared | undefined,
  parts: ExaminingParts,
): Promise<AppliedPolicy> {
  const { organization, now } = change
  await setPatience(transaction, change.patience)
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
  return makeOrPropose(transaction, change, head, current, examination)
}

async function makeOrPropose(
  transaction: QueryExecutorProvider,
  change: PolicyChange,
  head: Head,
  current: CurrentPolicy,
  examination: Examination,
): Promise<AppliedPolicy> {
  const { organization, reason = null, destroy = [], now } = change
  const { changes, document } = examination
  if (!document) throw new Error('A document without problems was expected.')
  const author = change.author === 'operator' ? change.author : `user:${change.author.user}`
  const said = { author, at: new Date(now).toISOString(), reason }
  if (waitsForApproval(change, current.document)) {
    const proposed = { ...said, base: head.version, difference: changes, destroy, document }
    return { version: head.version, changes, pending: await proposeChange(transaction, proposed, current.policy) }
  }
  const version = { ...said, number: head.version + 1, approvers: [] }
  await saveVersion(transaction, organization, version, current.document, examination)
  return { version: version.number, changes }
}

function waitsForApproval({ author, withoutApproval = false }: PolicyChange, current: PolicyDocument): boolean {
  return approvalsNeeded(current) > 0 && !(author === 'operator' && withoutApproval)
}

export async function readCurrent(
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
export function requirePermission({ author }: Pick<PolicyChange, 'author'>, policy: Policy): void {
  if (author !== 'operator' && !hasSystemPermission(policy, author.user, 'manageAccess'))
    throw new PolicyChangeForbidden()
}

export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE
}
