import type { Key } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { errorUnder, Problem } from '../problem.ts'
import { requireOwner } from './create-record.ts'
import { deleteRecord, restoreRecord, transferRecord } from './lifecycle.ts'
import type { ManyOutcome, Refused } from './many-records.ts'
import type { RecordsParts } from './parts.ts'
import { requireModule } from './require-module.ts'
import { inTransaction } from './stamped.ts'
import { updateRecord } from './update-record.ts'
import { requireWritable } from './writable-values.ts'

/** What is done to each of many records: one of these. */
export type MassChange =
  | { readonly set: Readonly<Record<string, unknown>> }
  | { readonly transfer: { readonly owner: string; readonly keepShares?: boolean } }
  | { readonly delete: true }
  | { readonly restore: true }

export interface MassOutcome extends ManyOutcome {
  /** How many of the refused ones are so for want of a right; one that the person can't see counts among them, as one that isn't there. */
  readonly notPermitted: number
}

/**
 * Does the same to many records, to each under its own check; what may not be done is refused and said, and the rest is done.
 * @throws Problem 404, 403 or 422 before anything is changed, where the request as a whole can't be.
 */
export async function changeMany(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  ids: readonly string[],
  change: MassChange,
): Promise<MassOutcome> {
  await requireChange(parts, actor, moduleKey, change)
  const refused: Refused[] = []
  let notPermitted = 0
  for (const id of ids) {
    const problem = await refusalOf(() => changeOne(parts, actor, moduleKey, id, change))
    if (!problem) continue
    refused.push({ id, reason: problem.message })
    if (problem.status === 403 || problem.status === 404) notPermitted += 1
  }
  return { changed: ids.length - refused.length, refused, notPermitted }
}

/** Refuses, before any record is touched, what could be done to none. Whose a deleted record is to restore shows only in the bin. */
export async function requireChange(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  change: MassChange,
): Promise<void> {
  await inTransaction(parts, actor, async (reading) => {
    requireModule(reading, moduleKey, 'mass')
    if ('set' in change) {
      const module = requireModule(reading, moduleKey, 'update')
      checkUnder('/set', () => requireWritable(reading, module, change.set, false))
    }
    if ('delete' in change) requireModule(reading, moduleKey, 'delete')
    if (!('transfer' in change)) return
    requireModule(reading, moduleKey, 'transfer')
    checkUnder('/transfer', () => requireOwner(reading, change.transfer.owner))
  })
}

/** What is wrong stands a step deeper in this request than in the change of one record. */
function checkUnder(path: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw errorUnder(path, error)
  }
}

function changeOne(parts: RecordsParts, actor: Actor, module: Key, id: string, change: MassChange): Promise<unknown> {
  if ('set' in change) return updateRecord(parts, actor, module, id, change.set)
  if ('transfer' in change) return transferRecord(parts, actor, module, id, change.transfer)
  return 'delete' in change ? deleteRecord(parts, actor, module, id) : restoreRecord(parts, actor, module, id)
}

async function refusalOf(change: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await change()
    return undefined
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return error
    throw error
  }
}
