import type { Key } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { NewValues } from './change-plan.ts'
import { type Changed, changeRecord } from './change-record.ts'
import { requireOwner } from './create-record.ts'
import { receiversOf } from './notices.ts'
import type { RecordsParts } from './parts.ts'

/** Puts a record into the recycle bin. @throws Problem 404, 403, 412. */
export async function deleteRecord(
  parts: RecordsParts,
  actor: Actor,
  module: Key,
  id: string,
  version?: number,
): Promise<void> {
  const change = { module, id, version, action: 'delete', history: 'delete' } as const
  await changeRecord(parts, actor, change, async ({ now }) => ({
    columns: [{ column: 'deleted_at', type: 'timestamptz', value: new Date(now).toISOString() }],
    fields: [],
  }))
}

const RESTORED: NewValues = { columns: [{ column: 'deleted_at', type: 'timestamptz', value: null }], fields: [] }

/**
 * Takes a record out of the recycle bin.
 * @throws Problem 404 where no such record is in the bin for the person; 409 where a unique value of it was taken meanwhile.
 */
export async function restoreRecord(parts: RecordsParts, actor: Actor, module: Key, id: string): Promise<Changed> {
  const change = { module, id, action: 'restore', history: 'restore' } as const
  return changeRecord(parts, actor, change, async () => RESTORED)
}

/**
 * Gives a record to another owner. Its shares are dropped unless `keepShares` says otherwise.
 * @throws Problem 404, 403, 412, or 422 where the new owner is none.
 */
export async function transferRecord(
  parts: RecordsParts,
  actor: Actor,
  module: Key,
  id: string,
  to: { readonly owner: string; readonly keepShares?: boolean },
  version?: number,
): Promise<Changed> {
  const change = { module, id, version, action: 'transfer', history: 'transfer' } as const
  return changeRecord(parts, actor, change, async (reading) => {
    const value = requireOwner(reading, to.owner)
    const owner = { column: 'owner_id', type: 'int', value }
    const noShares = to.keepShares ? [] : [{ column: 'shares_count', type: 'int', value: 0 }]
    const assigned = receiversOf(reading, value)
    return { columns: [owner, ...noShares], fields: ['owner'], dropsShares: !to.keepShares, assigned }
  })
}

/** Marks a record confidential, or no longer so. @throws Problem 404, 403, 412. */
export async function confideRecord(
  parts: RecordsParts,
  actor: Actor,
  module: Key,
  id: string,
  confidential: boolean,
  version?: number,
): Promise<Changed> {
  const change = { module, id, version, action: 'confide', history: 'confide' } as const
  return changeRecord(parts, actor, change, async () => ({
    columns: [{ column: 'confidential', type: 'boolean', value: confidential }],
    fields: ['confidential'],
  }))
}
