import type { FieldAccess, Key, PolicyField } from '@bailiwick/access'
import { bindCondition, reachCondition } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { invalidInput } from '../problem.ts'
import { totalOf } from './counts/reached-total.ts'
import { type Cursor, readCursor, writeCursor } from './cursor.ts'
import { type CheckedQuery, checkListQuery, sortById } from './list-query.ts'
import { chooseSteadyShape, type PageQuestion, pageRows } from './list-shapes/page-rows.ts'
import { reachedRowsOf } from './list-shapes/reached-rows.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecord, type RecordItem, type RecordRow, recordColumns, type View, viewOf } from './present-record.ts'
import { reachToSql } from './reach-to-sql.ts'
import { reachOf, requireModule } from './require-module.ts'
import { orderBySorted, sortedPositions } from './sort-keys.ts'
import { type Reading, stampedRows } from './stamped.ts'

/** What is taken out: the records that match, in an order that changes of them don't upset unless one is asked for. */
export interface ExportQuery {
  readonly filter?: unknown
  readonly sort?: string
  readonly fields?: readonly Key[]
}

export interface ExportPage {
  readonly items: readonly RecordItem[]
  /** The fields that are taken out, with the access that he has to them. */
  readonly fields: readonly { readonly key: Key; readonly access: FieldAccess }[]
  /** Hand it back for the next page; nothing on the last. */
  readonly next?: string
}

interface Asked {
  readonly view: View
  readonly checked: CheckedQuery
  readonly cursor?: Cursor
}

/**
 * A page of what the person may take out: the records that the action `export` reaches, the fields that exist for him, masked where they
 * are masked.
 * @throws Problem 404 for a module that he doesn't read, 403 where he may not export, 422 with everything wrong about the question.
 */
export async function exportPage(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  query: ExportQuery,
  page: { readonly after?: string; readonly limit: number },
): Promise<ExportPage> {
  const asked = { current: undefined as Asked | undefined }
  const { rows, reading } = await stampedRows<RecordRow>(parts, actor, (now) => {
    asked.current = askedOf(now, moduleKey, query, page.after)
    return pageStatement(now, asked.current, page.limit)
  })
  if (!asked.current) throw new Error('The statement was not built')
  return answerOf(parts, reading, asked.current, rows, page.limit)
}

/** How many records an export of this takes out. @throws Problem as `exportPage`. */
export async function countExport(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  query: ExportQuery,
): Promise<number> {
  return (await foretell(parts, actor, moduleKey, query, undefined)).total
}

/** What an export would hold. */
export interface ExportForetold {
  readonly count: { readonly value: number; readonly exact: boolean }
  readonly fields: readonly { readonly field: PolicyField; readonly access: FieldAccess }[]
}

const COUNT_CAP = 10_000

/**
 * What an export of this would take out, without taking it: how many records (counted up to ten thousand), and which fields.
 * @throws Problem as `exportPage`
 */
export async function foretellExport(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  query: ExportQuery,
): Promise<ExportForetold> {
  const { total, asked } = await foretell(parts, actor, moduleKey, query, COUNT_CAP + 1)
  const { view, checked } = asked
  return {
    count: { value: Math.min(total, COUNT_CAP), exact: total <= COUNT_CAP },
    fields: checked.wanted.map((field) => ({ field, access: view.access.get(field.key) ?? 'hidden' })),
  }
}

async function foretell(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  query: ExportQuery,
  most: number | undefined,
): Promise<{ readonly total: number; readonly asked: Asked }> {
  const asked = { current: undefined as Asked | undefined }
  const { rows } = await stampedRows<{ readonly total: number | null }>(parts, actor, (now) => {
    asked.current = askedOf(now, moduleKey, query, undefined)
    return totalOf(reachedRowsOf(now, questionOf(now, asked.current, 0)), most)
  })
  if (!asked.current) throw new Error('The statement was not built')
  return { total: Number(rows[0]?.total ?? 0), asked: asked.current }
}

function askedOf(reading: Reading, moduleKey: Key, query: ExportQuery, after: string | undefined): Asked {
  const view = viewOf(reading, requireModule(reading, moduleKey, 'export'))
  const errors: InputError[] = []
  const { filter, sort, fields } = query
  const asked = checkListQuery(view, { filter, sort, fields: fields?.join(',') }, errors)
  const checked = sort === undefined ? { ...asked, sort: sortById(view) } : asked
  const cursor = after === undefined ? undefined : readCursor(checked.sort, after)
  if (errors.length > 0) throw invalidInput(errors)
  return { view, checked, cursor }
}

function questionOf(reading: Reading, { view, checked, cursor }: Asked, limit: number): PageQuestion {
  const { policy } = reading.snapshot
  const { key } = view.module
  const { filter, sort } = checked
  const bound = filter && bindCondition(policy, view.module, filter, policy.users.get(reading.actor.user))
  const reach = reachCondition(reachOf(reading, key, 'export'))
  return { module: view.module, reach, also: bound ? [reachToSql(reading, key, 't', bound)] : [], sort, cursor, limit }
}

function pageStatement(reading: Reading, asked: Asked, limit: number): RawBuilder<unknown> {
  const { view, checked } = asked
  const question = questionOf(reading, asked, limit + 1)
  return sql`
    select ${recordColumns(reading, view, 't', checked.wanted)}, ${sortedPositions(checked.sort, 't')}
    from ${pageRows(reading, question, chooseSteadyShape(reading, question))}
    order by ${orderBySorted(checked.sort, 't')} limit ${limit + 1}`
}

async function answerOf(
  parts: RecordsParts,
  reading: Reading,
  { view, checked }: Asked,
  rows: readonly RecordRow[],
  limit: number,
): Promise<ExportPage> {
  const found = rows.filter((row) => row.id !== null)
  const shown = found.slice(0, limit)
  const items = await Promise.all(shown.map((row) => presentRecord(parts, reading, view, row, checked.wanted)))
  const fields = checked.wanted.map(({ key }) => ({ key, access: view.access.get(key) ?? 'hidden' }))
  const last = shown.at(-1)
  if (!last || found.length <= limit) return { items, fields }
  const position = checked.sort.map((_key, index) => (last[`k${index}`] as string | null) ?? null)
  return { items, fields, next: writeCursor(checked.sort, { position, id: last.id }) }
}
