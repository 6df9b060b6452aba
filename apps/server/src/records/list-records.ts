import type { Key } from '@bailiwick/access'
import { bindCondition, binReach, fold, isTextType, reachCondition } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { invalidInput } from '../problem.ts'
import { type Cursor, readCursor, writeCursor } from './cursor.ts'
import { type CheckedQuery, checkListQuery, type ListQuery } from './list-query.ts'
import { chooseShape, type PageQuestion, peekedRows } from './list-shapes/page-rows.ts'
import { reachedRowsOf } from './list-shapes/reached-rows.ts'
import { Values } from './list-shapes/values.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecords, type RecordItem, type RecordRow, recordColumns, type View, viewOf } from './present-record.ts'
import { foldedText, reachToSql, type SqlCondition } from './reach-to-sql.ts'
import { rememberedRows, type Slot } from './remembered-statements.ts'
import { reachedRows, reachOf, requireModule } from './require-module.ts'
import { afterPosition, orderBySorted, sortColumns, sortedPositions } from './sort-keys.ts'
import { type Reading, stampedRows } from './stamped.ts'

export interface ListAnswer {
  readonly items: readonly RecordItem[]
  /** Hand it back as `cursor` for the next page; null on the last. */
  readonly next: string | null
  readonly count?: CountAnswer
}

/** How many records the list has in all; where it isn't exact, there are more than `value`. */
export interface CountAnswer {
  readonly value: number
  readonly exact: boolean
}

const COUNT_CAP = 10_000

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
  const asked = { current: undefined as Asked | undefined }
  const build = (now: Reading) => {
    asked.current = askedOf(now, moduleKey, query)
    return pageStatement(now, asked.current, query)
  }
  const keepPlan = () => asked.current?.isKept ?? false
  const name = nameOf(moduleKey, query)
  const { rows, reading } = await (name === undefined
    ? stampedRows<PageRow>(parts, actor, build, { keepPlan })
    : rememberedRows<PageRow>(parts, actor, { name, build, values: NO_VALUES }))
  // A remembered statement was built for another request: what was asked is made out under the policy that answered.
  const answered = (name === undefined && asked.current) || askedOf(reading, moduleKey, query)
  return answerOf(parts, reading, answered, rows, query.count === 'capped')
}

type PageRow = RecordRow & { readonly total: number | null }

const NO_VALUES: ReadonlyMap<Slot, unknown> = new Map()

/** First pages are asked for again and again; everything else is asked once. */
function nameOf(
  module: Key,
  { q, filter, cursor, count, deleted, sort, fields, limit }: ListQuery,
): string | undefined {
  const isPlain = q === undefined && filter === undefined && cursor === undefined && !deleted
  return isPlain && (count ?? 'none') === 'none' ? JSON.stringify(['page', module, sort, fields, limit]) : undefined
}

interface Asked {
  readonly view: View
  readonly checked: CheckedQuery
  readonly cursor?: Cursor
  /** The reading that the statement is made by, with the values that it names. */
  readonly valued: Reading & { readonly values: Values }
  /** What else must hold besides being reached. */
  readonly also: readonly SqlCondition[]
  /** Whether the statement's plan is as good for other values: not where it depends on how many rows a filter lets through. */
  readonly isKept: boolean
}

/** The question checked against what exists for the person, and turned into the rows it asks about. */
function askedOf(reading: Reading, moduleKey: Key, query: ListQuery): Asked {
  const module = requireModule(reading, moduleKey, 'read')
  const view = viewOf(reading, module)
  const errors: InputError[] = []
  const checked = checkListQuery(view, query, errors)
  const cursor = query.cursor === undefined ? undefined : readCursor(checked.sort, query.cursor)
  if (query.cursor !== undefined && !cursor) errors.push({ path: '/cursor', message: 'is not a cursor of this list' })
  if (errors.length > 0) throw invalidInput(errors)
  const valued = { ...reading, values: new Values() }
  const also = askedFor(valued, view, checked)
  const isKept = also.length === 0 && !query.deleted && query.count !== 'exact' && query.count !== 'capped'
  return { view, checked, cursor, valued, also, isKept }
}

/** The rows that the person reads, that match the filter, and that hold every word searched for. */
export function matchingRows(
  reading: Reading,
  view: View,
  checked: Pick<CheckedQuery, 'filter' | 'words'>,
  inBin: boolean,
): SqlCondition {
  const { key } = view.module
  const reached = inBin
    ? binRows(reading, key)
    : sql<boolean>`t.deleted_at is null and ${reachedRows(reading, key, 'read', 't')}`
  return sql`(${sql.join([reached, ...askedFor(reading, view, checked)], sql` and `)})`
}

function askedFor(
  reading: Reading,
  view: View,
  { filter, words }: Pick<CheckedQuery, 'filter' | 'words'>,
): SqlCondition[] {
  const { policy } = reading.snapshot
  const bound = filter && bindCondition(policy, view.module, filter, policy.users.get(reading.actor.user))
  const filtered = bound ? [reachToSql(reading, view.module.key, 't', bound)] : []
  return [...filtered, ...words.map((word) => wordFound(view, word))]
}

function binRows(reading: Reading, module: Key): SqlCondition {
  const { actor, snapshot } = reading
  const reached = reachCondition(binReach(snapshot.policy, actor.user, module, actor.asking))
  return sql`t.deleted_at is not null and ${reachToSql(reading, module, 't', reached)}`
}

/** Search goes through the texts that the person reads in clear, and no others. */
function wordFound(view: View, word: string): SqlCondition {
  const searched = view.visible.filter((field) => {
    return (
      field.key !== 'id' &&
      isTextType(field.type) &&
      field.type !== 'choices' &&
      field.type !== 'file' &&
      !field.encrypted
    )
  })
  const clear = searched.filter((field) => view.access.get(field.key) !== 'masked')
  if (clear.length === 0) return sql`false`
  const found = clear.map((field) => {
    return sql`position(${fold(word)} in ${foldedText(sql.ref(`t.${fieldColumn(field.key)}`))}) > 0`
  })
  return sql`(coalesce(${sql.join(found, sql`, false) or coalesce(`)}, false))`
}

function pageStatement(reading: Reading, asked: Asked, query: ListQuery): RawBuilder<unknown> {
  const { view, checked, valued } = asked
  const rows = query.deleted ? binStatement(asked) : listStatement(asked)
  const page = sql`
    select ${recordColumns(valued, view, 't', checked.wanted)}, ${sortedPositions(checked.sort, 't')}
    from ${rows} order by ${orderBySorted(checked.sort, 't')} limit ${sql.lit(checked.limit + 1)}`
  if (query.count === undefined || query.count === 'none') {
    return sql`select page.* from ${valued.values.row()} cross join lateral (${page}) as page`
  }
  const most = query.count === 'capped' ? sql`limit ${COUNT_CAP + 1}` : sql``
  const all = query.deleted ? binRowsOf(asked) : reachedRowsOf(valued, questionOf(reading, asked))
  const counted = sql`select count(*) as total from (select from (${all}) as one ${most}) as one`
  return sql`
    select page.*, counted.total from ${valued.values.row()} cross join lateral (${counted}) as counted
    left join lateral (${page}) as page on true`
}

function listStatement(asked: Asked): RawBuilder<unknown> {
  const question = questionOf(asked.valued, asked)
  return peekedRows(asked.valued, question, chooseShape(asked.valued, question))
}

function questionOf(reading: Reading, { view, checked, cursor, also }: Asked): PageQuestion {
  const reach = reachCondition(reachOf(reading, view.module.key, 'read'))
  return { module: view.module, reach, also, sort: checked.sort, cursor, limit: checked.limit + 1 }
}

function binStatement(asked: Asked): RawBuilder<unknown> {
  const { checked, cursor } = asked
  const after = cursor ? sql`where ${afterPosition(checked.sort, cursor.position, cursor.id, 't')}` : sql``
  return sql`(select t.*, ${sortColumns(checked.sort, 't')} from (${binRowsOf(asked, sql`t.*`)}) as t ${after}) as t`
}

function binRowsOf({ view, valued, also }: Asked, columns = sql``): RawBuilder<unknown> {
  const { key } = view.module
  return sql`
    select ${columns} from ${sql.table(recordTable(key))} as t
    where ${sql.join([binRows(valued, key), ...also], sql` and `)}`
}

async function answerOf(
  parts: RecordsParts,
  reading: Reading,
  { view, checked }: Asked,
  rows: readonly (RecordRow & { readonly total?: number | null })[],
  isCapped: boolean,
): Promise<ListAnswer> {
  const found = rows.filter((row) => row.id !== null)
  const shown = found.slice(0, checked.limit)
  const items = await presentRecords(parts, reading, view, shown, checked.wanted)
  const last = shown.at(-1)
  const next =
    last && found.length > checked.limit
      ? writeCursor(checked.sort, { position: positionOf(checked, last), id: last.id })
      : null
  const total = rows[0]?.total
  return { items, next, ...(total == null ? {} : { count: countOf(total, isCapped) }) }
}

function positionOf(checked: CheckedQuery, row: RecordRow): (string | null)[] {
  return checked.sort.map((_key, index) => (row[`k${index}`] as string | null) ?? null)
}

function countOf(total: number, isCapped: boolean): CountAnswer {
  return isCapped && total > COUNT_CAP ? { value: COUNT_CAP, exact: false } : { value: total, exact: true }
}
