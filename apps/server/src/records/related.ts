import type { Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { requireId } from './find-record.ts'
import { requireReadable } from './history.ts'
import { usualSort } from './list-query.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecord, type RecordItem, type RecordRow, recordColumns, viewOf } from './present-record.ts'
import { reachedRows, reachOf } from './require-module.ts'
import { orderBy } from './sort-keys.ts'
import { inTransaction, type Reading } from './stamped.ts'

/** Records of one module that look the record up by one field, in the order that its list has where none is asked for. */
export interface RelatedList {
  readonly module: Key
  readonly field: Key
  readonly items: readonly RecordItem[]
  /** There are more than are given; the module's list, filtered by the field, has them. */
  readonly more: boolean
}

const ITEMS_PER_LIST = 20

/**
 * What looks this record up, as far as the person reads it: each list under its own module's rights.
 * @throws Problem 404 where he doesn't read the record.
 */
export async function listRelated(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
): Promise<RelatedList[]> {
  return inTransaction(parts, actor, async (reading) => {
    const target = await requireReadable(reading, moduleKey, id)
    const lists: RelatedList[] = []
    for (const { module, field } of lookupsOf(reading, target.key)) {
      lists.push(await relatedList(parts, reading, module, field, requireId(id)))
    }
    return lists
  })
}

function lookupsOf(reading: Reading, target: Key): { module: PolicyModule; field: PolicyField }[] {
  return [...reading.snapshot.policy.modules.values()]
    .filter((module) => reachOf(reading, module.key, 'read').kind !== 'never')
    .flatMap((module) => {
      const { access, visible } = viewOf(reading, module)
      const usable = visible.filter(
        (field) => field.type === 'lookup' && field.module === target && access.get(field.key) !== 'masked',
      )
      return usable.map((field) => ({ module, field }))
    })
}

async function relatedList(
  parts: RecordsParts,
  reading: Reading,
  module: PolicyModule,
  field: PolicyField,
  id: string,
): Promise<RelatedList> {
  const view = viewOf(reading, module)
  const { rows } = await sql<RecordRow>`
    select ${recordColumns(reading, view, 't')} from ${sql.table(recordTable(module.key))} as t
    where ${sql.ref(`t.${fieldColumn(field.key)}`)} = ${id}::uuid and t.deleted_at is null
      and ${reachedRows(reading, module.key, 'read', 't')}
    order by ${orderBy(usualSort(view), 't')} limit ${ITEMS_PER_LIST + 1}
  `.execute(reading.database)
  const items = await Promise.all(rows.slice(0, ITEMS_PER_LIST).map((row) => presentRecord(parts, reading, view, row)))
  return { module: module.key, field: field.key, items, more: rows.length > ITEMS_PER_LIST }
}
