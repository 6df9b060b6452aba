import type { PolicyModule, ReachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../../modules/columns.ts'
import { undeletedByRule, undeletedWithin } from '../../modules/undeleted.ts'
import type { Cursor } from '../cursor.ts'
import { type Reading, reachToSql, type SqlCondition } from '../reach-to-sql.ts'
import type { Slot } from '../remembered-statements.ts'
import { afterPosition, orderBySorted, type SortKey, sortColumns, sortedNames } from '../sort-keys.ts'
import {
  type Branch,
  gatheredBranches,
  lateralBranches,
  MOST_WALKED,
  orderedBranches,
  partsToWalk,
} from './branches.ts'
import { coverageOf, isWide, lookedForCoverage, MUCH_OF_ALL, NARROW } from './coverage.ts'
import { type DecomposedReach, decomposeReach } from './decompose-reach.ts'
import { type SortPiece, sortIndex, sortPieces } from './sort-pieces.ts'

/** Which rows of a module are asked for, in which order. */
export interface RowsQuestion {
  readonly module: PolicyModule
  /** Of records that aren't deleted. */
  readonly reach: ReachCondition
  /** What else must hold on the row `t`. */
  readonly also: readonly SqlCondition[]
  /** It has the database find the rows (`records/words-in-texts.ts`): then whether they are reached is asked of each, in one select. */
  readonly isFoundByAlso?: boolean
}

export interface PageQuestion extends RowsQuestion {
  readonly sort: readonly SortKey[]
  readonly cursor?: Cursor<Slot>
  /** How many rows, the one that tells whether there are more included. */
  readonly limit: number
}

/**
 * How a page is found. `plain`: rows in order, each looked at, as the planner thinks best. `branches`: the parts of the reach side by
 * side, each in order. `gathered`: all that is reached, then sorted. `walked`: the first of all rows, and only if they don't hold a page
 * of reached ones, `gathered`.
 */
export type Shape = 'plain' | 'branches' | 'gathered' | 'walked'
export const SHAPES: readonly Shape[] = ['plain', 'branches', 'gathered', 'walked']

/** So many branches hand over whole rows; more of them find out where the rows are, and those of the page are fetched after. */
const MOST_WHOLE = 8

/** Rows that are looked at before all that is reached is gathered. */
const WALKED = 2_000
/** More of them for longer pages. */
const WALKED_FOR_EACH = 40

/** The shape whose cost no person's reach makes grow with the table; see docs/decisions/0006-list-shapes.md for the figures. */
export function chooseShape(reading: Reading, { module, reach, sort, also }: PageQuestion): Shape {
  const decomposed = decomposeReach(reach)
  if (!decomposed) return 'plain'
  const isInOrder = sortIndex(module, sort) !== 'none'
  const { owners } = reading.snapshot
  const hasParts = isBucketed({ module, sort })
  const coverage = hasParts ? lookedForCoverage(owners, module, decomposed) : coverageOf(owners, decomposed)
  const parts = partsToWalk(reading, decomposed)
  // A page is found among the first of all records sooner than by going through many branches, unless he filters.
  if (isInOrder && also.length === 0 && coverage >= MUCH_OF_ALL && parts > MOST_WHOLE) return 'walked'
  if (hasParts && parts <= MOST_WALKED) return 'branches'
  if (coverage < NARROW) return 'gathered'
  // In an order without an index all rows are looked at, but far fewer asked whether they are reached.
  return isInOrder || also.length === 0 ? 'walked' : 'plain'
}

/** The shape of a page that the first of all rows, walked through before, don't hold. */
export function shapeBehindFirst(reading: Reading, question: PageQuestion): Shape {
  const shape = chooseShape(reading, question)
  const decomposed = decomposeReach(question.reach)
  if (!decomposed || shape !== 'walked') return shape
  if (sortIndex(question.module, question.sort) === 'none') return 'plain'
  return isBucketed(question) && partsToWalk(reading, decomposed) <= MOST_WALKED ? 'branches' : 'gathered'
}

/** Whether buckets and owners have indexes in the list's order. */
function isBucketed({ module, sort }: Pick<PageQuestion, 'module' | 'sort'>): boolean {
  const index = sortIndex(module, sort)
  return index === 'newest' || index === 'title'
}

/** Of a list that is gone through to its end, page by page: gathering what is reached again and again pays only where that is little. */
export function chooseSteadyShape(reading: Reading, { reach }: PageQuestion): Shape {
  return isWide(reading, reach) ? 'plain' : 'gathered'
}

export interface PageOptions {
  /** How many of all rows `walked` looks at before it gathers. */
  readonly walked?: number
}

/** The page's rows under the alias `t`, with what they are sorted by as `s0`, `s1`, …; in no order, and perhaps more than the page. */
export function pageRows(
  reading: Reading,
  question: PageQuestion,
  shape: Shape,
  options: PageOptions = {},
): RawBuilder<unknown> {
  const decomposed = decomposeReach(question.reach)
  if (!decomposed || shape === 'plain') return sql`(${plainRows(reading, question)}) as t`
  if (shape === 'branches') return sql`(${branchRows(reading, question, decomposed)}) as t`
  if (shape === 'gathered') return sql`(${gatheredRows(reading, question, decomposed)}) as t`
  return sql`(${walkedRows(reading, question, decomposed, options)}) as t`
}

function plainRows(reading: Reading, question: PageQuestion): RawBuilder<unknown> {
  const reached = reachToSql(reading, question.module.key, 't', question.reach)
  return unionOf(inPieces(question, [{ where: reached, inOrder: true }]))
}

function branchRows(reading: Reading, question: PageQuestion, reach: DecomposedReach): RawBuilder<unknown> {
  const branches = orderedBranches(reading, question.module, reach)
  if (branches.length <= MOST_WHOLE) return unionOf(inPieces(question, branches))
  const { module, sort, limit } = question
  const parts = inPieces(question, branches, sql`t.ctid as place, t.id`)
  const found = (columns: RawBuilder<unknown>) => sql`
      select ${columns} from (${unionOf(parts)}) as t order by ${orderBySorted(sort, 't')} limit ${sql.lit(limit)}`
  // All places at once: a join would ask for the table's length before each. To fold a title once more costs as much as that.
  if (sortIndex(module, sort) === 'newest') {
    return sql`
    select t.*, ${sortColumns(sort, 't')} from ${tableOf(question)} as t where t.ctid = any(array(${found(sql`t.place`)}))`
  }
  return sql`
    select t.*, ${sortedNames(sort, 'found')} from (${found(sql`*`)}
    ) as found join ${tableOf(question)} as t on t.ctid = found.place`
}

function gatheredRows(reading: Reading, question: PageQuestion, reach: DecomposedReach): RawBuilder<unknown> {
  const branches = isBucketed(question) ? lateralBranches : gatheredBranches
  return unionOf(inPieces(question, branches(reading, question.module, reach)))
}

/** Every branch in every piece of the order: the first rows of each. */
function inPieces(
  question: PageQuestion,
  branches: readonly Branch[],
  columns: RawBuilder<unknown> = WHOLE,
): RawBuilder<unknown>[] {
  const pieces = sortPieces(question.sort, question.cursor)
  return branches.flatMap((branch) => {
    if (!branch.inOrder) {
      const isKeyed = branch.isKeyed && columns === WHOLE && sortIndex(question.module, question.sort) === 'newest'
      return [isKeyed ? keyedRows(question, branch.where) : fetchedRows(question, branch.where, columns)]
    }
    const parts = pieces.map((piece) => firstRows(question, branch, piece, columns))
    const { ofEach } = branch
    if (!ofEach) return parts
    return parts.map((part) => sql`(select t.* from unnest(${ofEach}) as one (id) cross join lateral ${part} as t)`)
  })
}

const WHOLE = sql`t.*`

function firstRows(
  question: PageQuestion,
  { where, within }: Branch,
  piece: SortPiece,
  columns: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(
    select ${columns}, ${sortColumns(question.sort, 't')} from ${tableOf(question)} as t
    where ${sql.join([undeleted(within), where, piece.where, ...question.also], sql` and `)}
    order by ${piece.orderBy} limit ${sql.lit(question.limit)})`
}

/** Said so that no other indexes than the branch's own are open to its walk. */
function undeleted(within: Branch['within']): SqlCondition {
  if (within === undefined) return sql`t.deleted_at is null`
  return within === 'rule' ? undeletedByRule('t') : undeletedWithin('t')
}

/** `offset 0` keeps the planner from looking for these rows along the list's order, which they may be anywhere in. */
function fetchedRows(question: PageQuestion, where: SqlCondition, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const { sort, cursor } = question
  const after = cursor ? [afterPosition(sort, cursor.position, cursor.id, 't')] : []
  return sql`(
    select ${columns}, ${sortColumns(question.sort, 't')} from ${tableOf(question)} as t
    where t.deleted_at is null and ${sql.join([where, ...after, ...question.also], sql` and `)} offset 0)`
}

/** As many of them as the page needs: which they are is found out before they are fetched. */
function keyedRows(question: PageQuestion, where: SqlCondition): RawBuilder<unknown> {
  const { sort, limit } = question
  return sql`(
    select t.*, ${sortedNames(sort, 'found')} from (
      select * from ${fetchedRows(question, where, sql`t.id`)} as t order by ${orderBySorted(sort, 't')} limit ${sql.lit(limit)}
    ) as found join ${tableOf(question)} as t on t.id = found.id and t.shares_count > 0 and t.deleted_at is null)`
}

function walkedRows(
  reading: Reading,
  question: PageQuestion,
  reach: DecomposedReach,
  { walked = mostWalked(question) }: PageOptions,
): RawBuilder<unknown> {
  const isEnough = sql`(select count(*) from walked) >= ${sql.lit(question.limit)}`
  return sql`
    with walked as materialized (${reachedOfFirst(reading, question, walked)})
    select * from walked where ${isEnough}
    union all
    select * from (${gatheredRows(reading, question, reach)}) as gathered where not ${isEnough}`
}

/** As many reached rows as the page needs, or as there are among the first of all. */
export function reachedOfFirst(
  reading: Reading,
  question: PageQuestion,
  walked: number = mostWalked(question),
): RawBuilder<unknown> {
  const reached = reachToSql(reading, question.module.key, 't', question.reach)
  return sql`
    select t.* from (${firstOfAll(question, walked)}) as t
    where ${sql.join([reached, ...question.also], sql` and `)}
    order by ${orderBySorted(question.sort, 't')} limit ${sql.lit(question.limit)}`
}

/** Rows to look at for a page, before it is looked for in another way. */
export function mostWalked({ limit }: PageQuestion): number {
  return Math.max(WALKED, WALKED_FOR_EACH * limit)
}

/** The first of all of the table's rows. */
export function firstOfAll(question: PageQuestion, limit: number): RawBuilder<unknown> {
  return unionOf(inPieces({ ...question, also: [], limit }, [{ where: sql`true`, inOrder: true }]))
}

function unionOf(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(parts, sql` union all `)
}

function tableOf({ module }: RowsQuestion): RawBuilder<unknown> {
  return sql.table(recordTable(module.key))
}
