import { type RawBuilder, sql } from 'kysely'
import { recordTable, searchTable } from '../../modules/columns.ts'
import { type Reading, reachToSql, type SqlCondition } from '../reach-to-sql.ts'
import { afterPosition, orderBy, orderBySorted, sortColumns } from '../sort-keys.ts'
import { isWide } from './coverage.ts'
import { chooseShape, firstOfAll, mostWalked, type PageQuestion, pageRows } from './page-rows.ts'
import { sortIndex } from './sort-pieces.ts'

/**
 * Some of the rows that a filtered list may be about, looked through for its page. What that costs doesn't depend on how many rows the
 * filter lets through, so the database may keep its plan.
 */
export interface Attempt {
  /** Makes `found`: the page's rows, as far as they are among those looked at, in no order. */
  readonly tables: RawBuilder<unknown>
  /** Whether `found` is the page. */
  readonly isWhole: SqlCondition
}

/** Rows that are looked at, of those that are reached. */
const PEEKED = 400

/**
 * The first of the reached rows, in the list's order; where the reach is wide, those among the first of all rows.
 * @returns nothing where the first can't be had without having all: no index has the order, or a narrow reach is of very many parts
 */
export function firstAttempt(reading: Reading, question: PageQuestion, most?: number): Attempt | undefined {
  if (sortIndex(question.module, question.sort) === 'none') return undefined
  if (isWide(reading, question.reach)) {
    const condition = reachToSql(reading, question.module.key, 't', question.reach)
    const walked = most ?? mostWalked(question)
    return attempt(question, firstOfAll(question, walked), walked, [condition, ...question.also])
  }
  if (chooseShape(reading, question) !== 'branches') return undefined
  const peeked = most ?? PEEKED
  const rows = sql`select * from ${pageRows(reading, { ...question, also: [], limit: peeked }, 'branches')}`
  return attempt(question, rows, peeked, question.also)
}

function attempt(
  { sort, limit }: PageQuestion,
  rows: RawBuilder<unknown>,
  most: number,
  conditions: readonly SqlCondition[],
): Attempt {
  const order = orderBySorted(sort, 't')
  const tables = sql`
    ahead as materialized (select t.* from (${rows}) as t order by ${order} limit ${sql.lit(most)}),
    found as materialized (
      select t.* from ahead as t where ${sql.join(conditions, sql` and `)} order by ${order} limit ${sql.lit(limit)}
    )`
  const isWhole = sql<boolean>`(
    (select count(*) from found) >= ${sql.lit(limit)} or (select count(*) from ahead) < ${sql.lit(most)})`
  return { tables, isWhole }
}

/** Rows that an index may find for a filter before it is taken to be a common one. */
const INDEXED = 5_000
/** Records that may hold what is asked for in texts: whatever is in more of them than that stands among the first of all. */
const HOLDING = 20_000
/** Such rows of a single value, for which one plan is good. */
const OF_VALUE = 250

/**
 * All rows that an index knows for a part of the filter, where they are few. How they are best found depends on the values: no plan of it
 * should be kept.
 * @param known conditions on the row `t` that an index knows; all of them are among the question's own
 */
export function indexedAttempt(
  reading: Reading,
  question: PageQuestion,
  known: readonly SqlCondition[],
  most: number = INDEXED,
): Attempt {
  return fetchedAttempt(reading, question, known, sql``, most)
}

/** The same for one value's rows, by the index that has them beside each other. A plan of it may be kept. */
export function valueAttempt(
  reading: Reading,
  question: PageQuestion,
  { where, orderBy: order }: { readonly where: SqlCondition; readonly orderBy: RawBuilder<unknown> },
  most: number = OF_VALUE,
): Attempt {
  return fetchedAttempt(reading, question, [where], sql`order by ${order}`, most)
}

/**
 * The same for records whose texts hold what is asked for, as far as those are few. How they are found depends on that. All of them are
 * planned for, not the first few: those of a rare word would be looked for among all.
 * @param hold whether the texts `w` of a record do
 */
export function textsAttempt(
  reading: Reading,
  question: PageQuestion,
  hold: SqlCondition,
  most: number = HOLDING,
): Attempt {
  const texts = sql`
    holding as materialized (select w.id from ${sql.table(searchTable(question.module.key))} as w where ${hold}),
    among as materialized (select id from holding limit ${sql.lit(most + 1)}),`
  const known = sql<boolean>`(select count(*) from among) <= ${sql.lit(most)} and t.id = any(array(select id from among))`
  const { tables, isWhole } = fetchedAttempt(reading, question, [known], sql``, most)
  return {
    tables: sql`${texts} ${tables}`,
    isWhole: sql<boolean>`((select count(*) from among) <= ${sql.lit(most)} and ${isWhole})`,
  }
}

function fetchedAttempt(
  reading: Reading,
  { module, reach, also, sort, cursor, limit }: PageQuestion,
  known: readonly SqlCondition[],
  inOrder: RawBuilder<unknown>,
  most: number,
): Attempt {
  const after = cursor ? [afterPosition(sort, cursor.position, cursor.id, 't')] : []
  const conditions = [reachToSql(reading, module.key, 't', reach), ...after, ...also]
  const isWhole = sql<boolean>`((select count(*) from known) <= ${sql.lit(most)})`
  const tables = sql`
    known as materialized (
      select t.* from ${sql.table(recordTable(module.key))} as t
      where t.deleted_at is null and ${sql.join(known, sql` and `)} ${inOrder} limit ${sql.lit(most + 1)}
    ),
    found as materialized (
      select t.*, ${sortColumns(sort, 't')} from known as t where ${isWhole} and ${sql.join(conditions, sql` and `)}
      order by ${orderBy(sort, 't')} limit ${sql.lit(limit)}
    )`
  return { tables, isWhole }
}

/** Of all rows that are looked at before all that is reached is gathered: the filter is known to let few through. */
const WALKED = 20_000

/** Whether the rest is walked in order whatever the values are, so that one plan of it is as good for all of them. */
export function isWalked(reading: Reading, question: PageQuestion): boolean {
  return chooseShape(reading, question) === 'branches'
}

/**
 * The page's rows under the alias `t`, wherever they are: for when no attempt found the page. `is true` keeps the planner from looking for
 * the rows of branches by what is asked, which in one plan for all values is wrong for the common ones.
 */
export function restOfRows(reading: Reading, question: PageQuestion): RawBuilder<unknown> {
  const shape = chooseShape(reading, question)
  if (question.isFoundByAlso) return pageRows(reading, question, 'plain')
  if (!isWalked(reading, question)) return pageRows(reading, question, shape, { walked: WALKED })
  const also = [sql<boolean>`(${sql.join(question.also, sql` and `)}) is true`]
  return pageRows(reading, { ...question, also }, shape)
}
