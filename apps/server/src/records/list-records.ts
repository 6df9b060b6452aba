import type { Key } from '@bailiwick/access'
import { reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { type AskedList, askedList, binCondition, binRows, plannedConditions } from './asked-list.ts'
import { type CountAnswer, countAnswer, countRecords, mostCounted } from './counts/count-records.ts'
import { totalOf } from './counts/reached-total.ts'
import { writeCursor } from './cursor.ts'
import { findPage } from './find-page.ts'
import type { CheckedQuery, ListQuery } from './list-query.ts'
import type { PageQuestion } from './list-shapes/page-rows.ts'
import { Values } from './list-shapes/values.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecords, type RecordItem, type RecordRow, recordColumns } from './present-record.ts'
import { reachOf } from './require-module.ts'
import { afterPosition, orderBySorted, sortColumns, sortedPositions } from './sort-keys.ts'
import { type Reading, stampedRows } from './stamped.ts'

export interface ListAnswer {
  readonly items: readonly RecordItem[]
  /** Hand it back as `cursor` for the next page; null on the last. */
  readonly next: string | null
  readonly count?: CountAnswer
}

/**
 * A page of the records that the person reads.
 * @throws Problem 404 for a module that he doesn't read; 422 with everything wrong about the question.
 */
export async function listRecords(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  query: ListQuery,
): Promise<ListAnswer> {
  if (query.deleted) return listBin(parts, actor, moduleKey, query)
  const { rows, reading, asked } = await findPage(parts, actor, moduleKey, query)
  const page = await answerOf(parts, reading, asked, rows)
  if (!isCounted(query)) return page
  const isAll = asked.cursor === undefined && page.next === null
  return {
    ...page,
    count: isAll ? { value: page.items.length, exact: true } : await countRecords(parts, actor, moduleKey, query),
  }
}

function isCounted({ count }: ListQuery): boolean {
  return count === 'exact' || count === 'capped'
}

async function listBin(parts: RecordsParts, actor: Actor, moduleKey: Key, query: ListQuery): Promise<ListAnswer> {
  let asked: AskedList | undefined
  const build = (now: Reading) => {
    asked = askedList(now, moduleKey, query)
    return binStatement(now, asked, query)
  }
  const { rows, reading } = await stampedRows<PageRow>(parts, actor, build)
  const page = await answerOf(parts, reading, asked ?? askedList(reading, moduleKey, query), rows)
  return isCounted(query) ? { ...page, count: countAnswer(rows[0]?.total ?? 0, query) } : page
}

type PageRow = RecordRow & { readonly total?: number | null }

function binStatement(now: Reading, asked: AskedList, query: ListQuery): RawBuilder<unknown> {
  const reading = { ...now, values: new Values() }
  const { view, checked } = asked
  const question = questionOf(reading, asked)
  const rows = binPage(reading, asked, question)
  const seen = binCondition(reading, view.module.key)
  const page = sql`
    select ${recordColumns(reading, view, 't', checked.wanted, seen)}, ${sortedPositions(checked.sort, 't')}
    from ${rows} order by ${orderBySorted(checked.sort, 't')} limit ${sql.lit(checked.limit + 1)}`
  const total = isCounted(query) ? totalOf(rowsInBin(reading, question), mostCounted(query)) : sql`select`
  return sql`
    select page.*, counted.* from ${reading.values.row('shown')} cross join lateral (${total}) as counted
    left join lateral (${page}) as page on true`
}

type Valued = Reading & { readonly values: Values }

function questionOf(reading: Valued, { view, checked, cursor, asked }: AskedList): PageQuestion {
  const reach = reachCondition(reachOf(reading, view.module.key, 'read'))
  const also = plannedConditions(reading, view, asked)
  return { module: view.module, reach, also, sort: checked.sort, cursor, limit: checked.limit + 1 }
}

function binPage(reading: Valued, { checked, cursor }: AskedList, question: PageQuestion): RawBuilder<unknown> {
  const after = cursor ? sql`where ${afterPosition(checked.sort, cursor.position, cursor.id, 't')}` : sql``
  const rows = rowsInBin(reading, question, sql`t.*`)
  return sql`(select t.*, ${sortColumns(checked.sort, 't')} from (${rows}) as t ${after}) as t`
}

function rowsInBin(reading: Valued, { module, also }: PageQuestion, columns = sql``): RawBuilder<unknown> {
  return sql`
    select ${columns} from ${sql.table(recordTable(module.key))} as t
    where ${sql.join([binRows(reading, module.key), ...also], sql` and `)}`
}

async function answerOf(
  parts: RecordsParts,
  reading: Reading,
  { view, checked }: AskedList,
  rows: readonly RecordRow[],
): Promise<ListAnswer> {
  const found = rows.filter((row) => row.id !== null)
  const shown = found.slice(0, checked.limit)
  const items = await presentRecords(parts, reading, view, shown, checked.wanted)
  const last = shown.at(-1)
  const next =
    last && found.length > checked.limit
      ? writeCursor(checked.sort, { position: positionOf(checked, last), id: last.id })
      : null
  return { items, next }
}

function positionOf(checked: CheckedQuery, row: RecordRow): (string | null)[] {
  return checked.sort.map((_key, index) => (row[`k${index}`] as string | null) ?? null)
}
