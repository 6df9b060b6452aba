import type { QueryExecutorProvider } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { TableChangeRefused } from '../modules/alter-tables.ts'
import { notFound, notPermitted, type Problem, problem } from '../problem.ts'
import {
  type ApplyingParts,
  type Author,
  isLockTimeout,
  PolicyBusy,
  readCurrent,
  requirePermission,
  setPatience,
} from './apply-policy.ts'
import { examineData, examineDocument, findRefusal } from './examine-policy.ts'
import { documentOfChange, endChange, findChange, insertApproval, type PendingChange } from './pending-changes.ts'
import { PolicyRefused } from './policy-refusals.ts'
import { noteStep } from './propose-change.ts'
import { saveVersion } from './save-version.ts'
import { type Head, lockHead } from './store.ts'

export interface Decision {
  readonly organization: OrganizationRef
  readonly id: number
  readonly by: Author
  /** Epoch milliseconds. */
  readonly now: number
}

type Deciding = Pick<Database, 'ownerTransaction'>

/**
 * Approves a change that waits. The last approval that it takes applies it, in the same transaction and by the checks of any apply: what
 * stands against it by now leaves the approval unwritten.
 * @throws Problem 404, 403 for its author and for the operator, 409 where it waits no more or the policy has moved on; and as `applyPolicy`
 */
export async function approveChange(
  database: Deciding,
  decision: Decision,
  parts: ApplyingParts,
): Promise<PendingChange> {
  return decide(database, decision, parts, async (transaction, change, head) => {
    const { by, now } = decision
    const at = new Date(now).toISOString()
    if (by === 'operator')
      throw notPermitted('A change is approved by people of the organization, not by its operator.')
    if (change.author === `user:${by.user}`) throw notPermitted('A change is approved by others than its author.')
    requireFresh(change, head)
    const isNews = await insertApproval(transaction, change.id, { by: `user:${by.user}`, at })
    if (!isNews) return
    await noteStep(transaction, 'approvePolicy', `user:${by.user}`, { ...change, at })
    if (change.approvals.length + 1 >= change.needed) await applyApproved(transaction, decision, change, head, parts)
  })
}

/** Turns a change down. @throws Problem 404, 403 for its author, who withdraws it, 409 where it waits no more */
export async function declineChange(
  database: Deciding,
  decision: Decision,
  parts: ApplyingParts,
): Promise<PendingChange> {
  return decide(database, decision, parts, async (transaction, change) => {
    const by = nameOf(decision.by)
    if (by === change.author) throw notPermitted('Whoever proposed a change withdraws it.')
    await end(transaction, decision, change, 'declined')
    await noteStep(transaction, 'declinePolicy', by, { ...change, at: new Date(decision.now).toISOString() })
  })
}

/** Takes one's own change back. @throws Problem 404, 403 for anybody else, 409 where it waits no more */
export async function withdrawChange(
  database: Deciding,
  decision: Decision,
  parts: ApplyingParts,
): Promise<PendingChange> {
  return decide(database, decision, parts, async (transaction, change) => {
    const by = nameOf(decision.by)
    if (by !== change.author) throw notPermitted('Only whoever proposed a change withdraws it.')
    await end(transaction, decision, change, 'withdrawn')
    await noteStep(transaction, 'withdrawPolicy', by, { ...change, at: new Date(decision.now).toISOString() })
  })
}

type Step = (transaction: QueryExecutorProvider, change: PendingChange, head: Head) => Promise<void>

/** Under the lock of any change of the policy, so that no two decisions and no apply cross. */
async function decide(
  database: Deciding,
  { organization, id, by }: Decision,
  parts: ApplyingParts,
  step: Step,
): Promise<PendingChange> {
  try {
    return await database.ownerTransaction(organization, async (transaction) => {
      await setPatience(transaction)
      const head = await lockHead(transaction, organization)
      const { policy } = await readCurrent(transaction, organization, head, parts)
      requirePermission({ author: by }, policy)
      const change = await findChange(transaction, id)
      if (!change) throw notFound()
      if (change.state !== 'pending' && change.state !== 'stale') throw ended(change)
      await step(transaction, change, head)
      return (await findChange(transaction, id)) ?? change
    })
  } catch (error) {
    if (error instanceof TableChangeRefused) throw new PolicyRefused({ problems: [error.problem] })
    if (isLockTimeout(error)) throw new PolicyBusy({ cause: error })
    throw error
  }
}

async function applyApproved(
  transaction: QueryExecutorProvider,
  { organization, now }: Decision,
  change: PendingChange,
  head: Head,
  parts: ApplyingParts,
): Promise<void> {
  const current = await readCurrent(transaction, organization, head, parts)
  const examined = examineDocument(current, await documentOfChange(transaction, change.id), parts.catalogue)
  const examination = await examineData(transaction, organization, examined, { now }, parts.readFacts)
  const refusal = findRefusal(examination, change.destroy)
  if (refusal) throw new PolicyRefused(refusal)
  const approved = await findChange(transaction, change.id)
  const approvers = approved?.approvals.map(({ by }) => by) ?? []
  const [version, at] = [head.version + 1, new Date(now).toISOString()]
  const { author, reason } = change
  await saveVersion(
    transaction,
    organization,
    { number: version, author, approvers, at, reason },
    current.document,
    examination,
  )
  await endChange(transaction, change.id, { state: 'applied', by: approvers.at(-1) ?? author, at, version })
}

function end(
  transaction: QueryExecutorProvider,
  { by, now }: Decision,
  { id }: PendingChange,
  state: 'declined' | 'withdrawn',
): Promise<void> {
  return endChange(transaction, id, { state, by: nameOf(by), at: new Date(now).toISOString() })
}

function nameOf(by: Author): string {
  return by === 'operator' ? 'operator' : `user:${by.user}`
}

function requireFresh({ state, base }: PendingChange, head: Head): void {
  if (state === 'pending') return
  throw problem(
    409,
    'conflict',
    `This change was made from version ${base}, and the policy has moved on to version ${head.version} since. It has to be proposed anew.`,
  )
}

function ended({ state, endedBy }: PendingChange): Problem {
  return problem(409, 'conflict', `This change doesn’t wait any more: it was ${state} by ${endedBy}.`)
}
