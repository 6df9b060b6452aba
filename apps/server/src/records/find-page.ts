import type { Key } from '@bailiwick/access'
import { reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import {
  type AskedList,
  askedList,
  asksForTexts,
  conditionsOf,
  lookedThrough,
  plannedConditions,
} from './asked-list.ts'
import { type AskedShape, shapeOf } from './asked-values.ts'
import { knownConditions, valueRows } from './known-conditions.ts'
import { DEFAULT_LIMIT, type ListQuery } from './list-query.ts'
import { isWide } from './list-shapes/coverage.ts'
import {
  type Attempt,
  firstAttempt,
  indexedAttempt,
  isWalked,
  restOfRows,
  textsAttempt,
  valueAttempt,
} from './list-shapes/filtered-rows.ts'
import { chooseShape, type PageQuestion, pageRows, reachedOfFirst, shapeBehindFirst } from './list-shapes/page-rows.ts'
import { Values } from './list-shapes/values.ts'
import { askForOrder } from './orders/ask-for-order.ts'
import type { RecordsParts } from './parts.ts'
import { type RecordRow, recordColumns } from './present-record.ts'
import type { Reading as ReachReading } from './reach-to-sql.ts'
import { type BuiltStatement, overValues, type RememberedQuestion, rememberedRows } from './remembered-statements.ts'
import { reachOf } from './require-module.ts'
import { orderBySorted, sortedPositions } from './sort-keys.ts'
import type { KeepPlan, Reading } from './stamped.ts'
import { UsualSteps } from './usual-steps.ts'
import { textsHold } from './words-in-texts.ts'

export interface FoundPage {
  /** One more than the page where there are more. Those without an id are none. */
  readonly rows: readonly RecordRow[]
  readonly reading: Reading
  readonly asked: AskedList
}

/**
 * What is tried for a page, in turn: each finds the page or says that it didn't; the last always does. Where one can't be tried, the next
 * is instead. Of a list that isn't filtered the first is tried for whoever reaches much of all.
 */
const [FIRST, VALUE, TEXTS, INDEXED, LAST] = [0, 1, 2, 3, 4]

/**
 * The rows of a page of the list. Its statements are made once for each shape of question that somebody asks; the values are put in.
 * @throws Problem 404 for a module that he doesn't read; 422 with everything wrong about the question.
 */
export async function findPage(parts: RecordsParts, actor: Actor, module: Key, query: ListQuery): Promise<FoundPage> {
  let tried = await tryStep(parts, actor, module, query, 0)
  while (!tried.isWhole && !(query.glance && tried.step >= TEXTS))
    tried = await tryStep(parts, actor, module, query, tried.step + 1)
  await askForOrder(parts, tried.reading, tried.asked)
  return tried
}

interface Tried extends FoundPage {
  readonly isWhole: boolean
  readonly step: number
}

type Row = RecordRow & { readonly step?: number | null; readonly is_whole?: boolean | null }

async function tryStep(parts: RecordsParts, actor: Actor, module: Key, query: ListQuery, from: number): Promise<Tried> {
  let question: PageAsked | undefined
  const { rows, reading } = await rememberedRows<Row>(parts, actor, (now) => {
    question = new PageAsked(now, module, query)
    return question.remembered(from)
  })
  if (!question) throw new Error('A page was found before it was asked for')
  const step = rows[0]?.step ?? LAST
  const isWhole = question.isPage(rows)
  if (isWhole) question.rememberStep(step)
  return { rows, reading, asked: question.asked, isWhole, step }
}

/** A page that somebody asks for under a policy. */
class PageAsked {
  readonly asked: AskedList
  readonly #reading: Reading
  readonly #query: ListQuery
  readonly #shape: AskedShape

  constructor(reading: Reading, module: Key, query: ListQuery) {
    this.#reading = reading
    this.#query = query
    this.asked = askedList(reading, module, query)
    this.#shape = shapeOf(reading, this.asked)
  }

  /** The question's statement for the step, or for the one that found this page the last time. */
  remembered(from: number): RememberedQuestion {
    const { sort, fields, limit } = this.#query
    const at = this.#query.glance ? this.#atGlance(from) : Math.max(from, usualSteps.find(this.#reading, this.#name))
    return {
      name: JSON.stringify(['page', at, this.asked.view.module.key, sort, fields, limit, this.#shape.shape]),
      build: (now) => pageStatement(now, this.asked, this.#shape, at),
      values: this.#shape.values,
    }
  }

  #atGlance(from: number): number {
    return this.#isFiltered ? from : LAST
  }

  /** Whether a step's rows are the page: the last one's always are; the first one's of a list that isn't filtered, if they are as many. */
  isPage(rows: readonly Row[]): boolean {
    const { step, is_whole } = rows[0] ?? {}
    if (step === undefined || step === null) return true
    return is_whole === undefined ? rows.length > this.asked.checked.limit : is_whole === true
  }

  /** The end of a list that isn't filtered is found otherwise than its beginning, which is asked for again and again. */
  rememberStep(step: number): void {
    if (this.#isFiltered || !this.asked.cursor) usualSteps.remember(this.#reading, this.#name, step)
  }

  get #isFiltered(): boolean {
    return isFilteredList(this.asked)
  }

  get #name(): string {
    const { view } = this.asked
    return JSON.stringify([this.#reading.actor.user, view.module.key, this.#query.sort, this.#shape.name])
  }
}

const usualSteps = new UsualSteps()

type Valued = Reading & Pick<ReachReading, 'areSlotsHidden'> & { readonly values: Values }

function pageStatement(now: Reading, list: AskedList, shape: AskedShape, from: number): BuiltStatement {
  const values = new Values()
  const open = { ...now, values, slots: shape.slots }
  const hidden = { ...open, areSlotsHidden: true }
  if (!isFilteredList(list)) {
    return (from <= FIRST ? walkedPage(hidden, list, shape) : undefined) ?? lastPage(open, list, shape)
  }
  return (
    (from <= FIRST ? firstPage(hidden, list, shape) : undefined) ??
    (from <= VALUE ? valuePage(hidden, list, shape) : undefined) ??
    (from <= TEXTS ? textsPage(open, list, shape) : undefined) ??
    (from <= INDEXED ? indexedPage(open, list, shape) : undefined) ??
    lastPage(open, list, shape)
  )
}

function questionOf(reading: Valued, { view, checked }: AskedList, { asked, cursor }: AskedShape): PageQuestion {
  const reach = reachCondition(reachOf(reading, view.module.key, 'read'))
  const also = conditionsOf(reading, view, asked)
  return { module: view.module, reach, also, sort: checked.sort, cursor, limit: checked.limit + 1 }
}

function isFilteredList({ asked: { filter, words } }: AskedList): boolean {
  return filter !== undefined || words.length > 0
}

/** The first of all rows, where they are likely to hold the page. */
function walkedPage(reading: Valued, list: AskedList, shape: AskedShape): BuiltStatement | undefined {
  const question = questionOf(reading, list, shape)
  if (chooseShape(reading, question) !== 'walked') return undefined
  const page = pageOf(reading, list, sql`(${reachedOfFirst(reading, question)}) as t`)
  const tried = sql`
    select ${sql.lit(FIRST)} as step, page.* from (select) as tried left join lateral (${page}) as page on true`
  return overValues(reading.values, tried, isMadeUp(list) ? 'asked' : true)
}

function firstPage(reading: Valued, list: AskedList, shape: AskedShape): BuiltStatement | undefined {
  const attempt = firstAttempt(reading, questionOf(reading, list, shape))
  return attempt && triedPage(reading, list, attempt, FIRST, 'asked')
}

function valuePage(reading: Valued, list: AskedList, shape: AskedShape): BuiltStatement | undefined {
  const rows = valueRows(reading, list.view.module, shape.asked.filter)
  const attempt = rows && valueAttempt(reading, questionOf(reading, list, shape), rows)
  return attempt && triedPage(reading, list, attempt, VALUE, 'asked')
}

function textsPage(reading: Valued, list: AskedList, shape: AskedShape): BuiltStatement | undefined {
  const hold = textsHold(reading, list.view, shape.asked)
  const attempt = hold && textsAttempt(reading, questionOf(reading, list, shape), hold)
  return attempt && triedPage(reading, list, attempt, TEXTS, false)
}

function indexedPage(reading: Valued, list: AskedList, shape: AskedShape): BuiltStatement | undefined {
  const known = knownConditions(reading, list.view.module, shape.asked.filter)
  if (known.length === 0) return undefined
  const attempt = indexedAttempt(reading, questionOf(reading, list, shape), known)
  return triedPage(reading, list, attempt, INDEXED, false)
}

function triedPage(
  reading: Valued,
  list: AskedList,
  { tables, isWhole }: Attempt,
  step: number,
  keepPlan: KeepPlan,
): BuiltStatement {
  const page = pageOf(reading, list, sql`found as t`)
  const tried = sql`
    with ${tables}
    select ${sql.lit(step)} as step, whole.is_whole, page.* from (select ${isWhole} as is_whole) as whole
    left join lateral (${page}) as page on whole.is_whole`
  return overValues(reading.values, tried, keepPlan)
}

function lastPage(reading: Valued, list: AskedList, shape: AskedShape): BuiltStatement {
  const question = questionOf(reading, list, shape)
  const isFiltered = question.also.length > 0
  const isSteady = !isFiltered || isWalked(reading, question)
  const steady = { ...reading, areSlotsHidden: isSteady }
  const isFoundByAlso = !isSteady && asksForTexts(shape.asked) && isWide(reading, question.reach)
  const conditions = isFoundByAlso ? plannedConditions : lookedThrough
  const asked = { ...questionOf(steady, list, shape), also: conditions(steady, list.view, shape.asked), isFoundByAlso }
  const rows = isFiltered ? restOfRows(reading, asked) : pageRows(reading, asked, shapeBehindFirst(reading, asked))
  const page = pageOf(reading, list, rows)
  return overValues(reading.values, page, isSteady && (isFiltered || isMadeUp(list) ? 'asked' : true))
}

/** Whether the question is other than what every list begins with. */
function isMadeUp({ view, checked, cursor }: AskedList): boolean {
  return cursor !== undefined || checked.limit !== DEFAULT_LIMIT || checked.wanted !== view.visible
}

function pageOf(reading: Valued, { view, checked }: AskedList, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select ${recordColumns(reading, view, 't', checked.wanted)}, ${sortedPositions(checked.sort, 't')}
    from ${rows} order by ${orderBySorted(checked.sort, 't')} limit ${sql.lit(checked.limit + 1)}`
}
