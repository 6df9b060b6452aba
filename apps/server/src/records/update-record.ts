import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { actorId, type ColumnValue, columnValues } from './column-values.ts'
import { type LockedRecord, lockRecord, readAgain } from './find-record.ts'
import { changesSql, type HistoryAction } from './history.ts'
import { requireLookups } from './lookups.ts'
import type { RecordsParts } from './parts.ts'
import type { RecordItem } from './present-record.ts'
import { instant } from './reach-to-sql.ts'
import { inTransaction, type Reading } from './stamped.ts'
import { withUniqueValues } from './unique-values.ts'
import { requireWritable } from './writable-values.ts'

/** A change that was made; the record as it is now, where whoever made it still reads it. */
export interface Changed {
  readonly id: string
  readonly version: number
  readonly item?: RecordItem
}

/**
 * Changes the given fields of a record.
 * @param version what the caller saw (`If-Match`); unstated, whatever is there.
 * @throws Problem 404, 403, 409, 412, or 422 with everything wrong.
 */
export async function updateRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  body: Readonly<Record<string, unknown>>,
  version?: number,
): Promise<Changed> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'update', version)
    const { module } = locked
    const values = requireWritable(reading, module, body, false)
    await requireLookups(reading, values)
    const columns = await columnValues(parts, reading, module.key, values)
    const fields = [...values.keys()].map((field) => field.key)
    await withUniqueValues(module, () => changeRow(reading, locked, columns, 'update', fields))
    return changed(parts, reading, locked)
  })
}

/** The outcome as its author may see it. */
export async function changed(
  parts: RecordsParts,
  reading: Reading,
  { module, id, version }: LockedRecord,
): Promise<Changed> {
  const item = await readAgain(parts, reading, module, id)
  return { id, version: item?.version ?? version + 1, item }
}

/** Writes columns of a locked row, its next version and its history, in one statement. */
export async function changeRow(
  reading: Reading,
  { module, id }: LockedRecord,
  columns: readonly ColumnValue[],
  action: HistoryAction,
  fields: readonly Key[],
): Promise<void> {
  const table = sql.table(recordTable(module.key))
  const by = actorId(reading)
  await sql`
    with was as (select * from ${table} where id = ${id}::uuid),
    changed as (
      update ${table} as t set ${sql.join([...assignments(columns), ...touched(reading, by)])}
      where t.id = ${id}::uuid returning t.*
    )
    insert into history (module, record_id, version, at, actor, action, changes)
    select ${module.key}, changed.id, changed.version, ${instant(reading.now)}, ${by}::int, ${action}, ${changesSql(fields, 'was', 'changed')}
    from changed, was
  `.execute(reading.database)
}

function assignments(columns: readonly ColumnValue[]): RawBuilder<unknown>[] {
  return columns.map(({ column, value }) => sql`${sql.ref(column)} = ${value}`)
}

function touched(reading: Reading, by: number | null): RawBuilder<unknown>[] {
  return [sql`updated_at = ${instant(reading.now)}`, sql`updated_by = ${by}::int`, sql`version = t.version + 1`]
}
