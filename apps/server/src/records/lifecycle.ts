import type { Key } from '@bailiwick/access'
import { binReach, reachCondition } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { notFound } from '../problem.ts'
import { requireOwner } from './create-record.ts'
import { lockRecord, requireId } from './find-record.ts'
import type { RecordsParts } from './parts.ts'
import { reachToSql } from './reach-to-sql.ts'
import { requireModule } from './require-module.ts'
import { inTransaction } from './stamped.ts'
import { withUniqueValues } from './unique-values.ts'
import { type Changed, changed, changeRow } from './update-record.ts'

/** Puts a record into the recycle bin. @throws Problem 404, 403, 412. */
export async function deleteRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  version?: number,
): Promise<void> {
  await inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'delete', version)
    const deleted = { column: 'deleted_at', value: sql`${new Date(reading.now).toISOString()}::timestamptz` }
    await changeRow(reading, locked, [deleted], 'delete', [])
  })
}

/**
 * Takes a record out of the recycle bin.
 * @throws Problem 404 where no such record is in the bin for the person; 409 where a unique value of it was taken meanwhile.
 */
export async function restoreRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  givenId: string,
): Promise<Changed> {
  return inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, moduleKey, 'read')
    const id = requireId(givenId)
    const reached = reachCondition(binReach(reading.snapshot.policy, actor.user, module.key, actor.asking))
    const { rows } = await sql<{ version: number }>`
      select t.version from ${sql.table(recordTable(module.key))} as t
      where t.id = ${id}::uuid and t.deleted_at is not null and ${reachToSql(reading, module.key, 't', reached)} for update of t
    `.execute(reading.database)
    const [row] = rows
    if (!row) throw notFound()
    const locked = { module, id, version: row.version, row: {} }
    const restored = { column: 'deleted_at', value: sql`null::timestamptz` }
    await withUniqueValues(module, () => changeRow(reading, locked, [restored], 'restore', []))
    return changed(parts, reading, locked)
  })
}

/**
 * Gives a record to another owner. Its shares are dropped unless `keepShares` says otherwise.
 * @throws Problem 404, 403, 412, or 422 where the new owner is none.
 */
export async function transferRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  to: { readonly owner: string; readonly keepShares?: boolean },
  version?: number,
): Promise<Changed> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'transfer', version)
    const columns = [{ column: 'owner_id', value: sql`${requireOwner(reading, to.owner)}::int` }]
    if (!to.keepShares) {
      await sql`delete from shares where record_id = ${locked.id}::uuid`.execute(reading.database)
      columns.push({ column: 'shares_count', value: sql`0` })
    }
    await changeRow(reading, locked, columns, 'transfer', ['owner'])
    return changed(parts, reading, locked)
  })
}

/** Marks a record confidential, or no longer so. @throws Problem 404, 403, 412. */
export async function confideRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  confidential: boolean,
  version?: number,
): Promise<Changed> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'confide', version)
    const column = { column: 'confidential', value: sql`${confidential}::boolean` }
    await changeRow(reading, locked, [column], 'confide', ['confidential'])
    return changed(parts, reading, locked)
  })
}
