import type { Key, ReachCondition } from '@bailiwick/access'
import { bindCondition, binReach, conjunctsOf, fold, reachCondition } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { sql } from 'kysely'
import { invalidInput } from '../problem.ts'
import { type Cursor, readCursor } from './cursor.ts'
import { type CheckedQuery, checkListQuery, type ListQuery } from './list-query.ts'
import { type View, viewOf } from './present-record.ts'
import { type Reading as ReachReading, reachToSql, type SqlCondition } from './reach-to-sql.ts'
import { reachedRows, requireModule } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { type AskedTexts, textParts, textsFound, textsHold, textsMayHold, wordFound, wordOf } from './words-in-texts.ts'

/** A list's question, checked against what exists for the person. */
export interface AskedList {
  readonly view: View
  readonly checked: CheckedQuery
  readonly cursor?: Cursor
  readonly asked: AskedConditions
}

/** What must hold besides being reached: the filter with its values put in, and words of which each must be found. */
export interface AskedConditions extends AskedTexts {
  /** All of it, the parts for texts among it. */
  readonly filter?: ReachCondition
}

/** @throws Problem 404 for a module that the person doesn't read; 422 with everything wrong about the question. */
export function askedList(reading: Reading, moduleKey: Key, query: ListQuery): AskedList {
  const view = viewOf(reading, requireModule(reading, moduleKey, 'read'))
  const errors: InputError[] = []
  const checked = checkListQuery(view, query, errors)
  const cursor = query.cursor === undefined ? undefined : readCursor(checked.sort, query.cursor)
  if (query.cursor !== undefined && !cursor) errors.push({ path: '/cursor', message: 'is not a cursor of this list' })
  if (errors.length > 0) throw invalidInput(errors)
  return { view, checked, cursor, asked: askedConditions(reading, view, checked) }
}

type Asking = Pick<CheckedQuery, 'filter' | 'words'>

function askedConditions({ snapshot, actor }: Reading, view: View, { filter, words }: Asking): AskedConditions {
  const { policy } = snapshot
  const bound = filter && bindCondition(policy, view.module, filter, policy.users.get(actor.user))
  return { filter: bound, words: words.map((word) => wordOf(fold(word))), parts: textParts(view.module, bound) }
}

/** The rows that the person reads, that match the filter, and that hold every word searched for. */
export function matchingRows(reading: Reading, view: View, checked: Asking, inBin: boolean): SqlCondition {
  const { key } = view.module
  const reached = inBin
    ? binRows(reading, key)
    : sql<boolean>`t.deleted_at is null and ${reachedRows(reading, key, 'read', 't')}`
  const asked = plannedConditions(reading, view, askedConditions(reading, view, checked))
  return sql`(${sql.join([reached, ...asked], sql` and `)})`
}

/** What was asked as conditions on the row `t`. */
export function conditionsOf(reading: ReachReading, view: View, asked: AskedConditions): SqlCondition[] {
  const { filter, words } = asked
  const filtered = filter ? [reachToSql(reading, view.module.key, 't', filter)] : []
  return [...filtered, ...words.map((word) => wordFound(reading, view, word))]
}

/** Whether the database has texts to find records by. */
export function asksForTexts({ words, parts }: AskedConditions): boolean {
  return words.length + parts.length > 0
}

/** The same for a statement that is planned for its values: the database finds, too, which records may have the texts. */
export function plannedConditions(reading: ReachReading, view: View, asked: AskedConditions): SqlCondition[] {
  const inTexts = new Set(asked.parts.map(({ condition }) => condition))
  const others = (asked.filter ? conjunctsOf(asked.filter) : []).filter((condition) => !inTexts.has(condition))
  return [
    ...others.map((condition) => reachToSql(reading, view.module.key, 't', condition)),
    ...textsFound(reading, view, asked),
  ]
}

/** The same for a statement that goes through few records one by one: their texts are looked at before a record is folded. */
export function lookedThrough(reading: ReachReading, view: View, asked: AskedConditions): SqlCondition[] {
  const hold = textsHold(reading, view, asked)
  return [...(hold ? [textsMayHold(view, hold)] : []), ...conditionsOf(reading, view, asked)]
}

export function binRows(reading: Reading, module: Key): SqlCondition {
  return sql`t.deleted_at is not null and ${reachToSql(reading, module, 't', binCondition(reading, module))}`
}

/** Of the deleted records, which the person sees in the recycle bin. */
export function binCondition({ snapshot, actor }: Reading, module: Key): ReachCondition {
  return reachCondition(binReach(snapshot.policy, actor.user, module, actor.asking))
}
