import { type Key, reachCondition } from '@bailiwick/access'
import type { Actor } from '../../actor.ts'
import { askedList, asksForTexts, lookedThrough, plannedConditions } from '../asked-list.ts'
import type { ListQuery } from '../list-query.ts'
import { isWide } from '../list-shapes/coverage.ts'
import { Values } from '../list-shapes/values.ts'
import type { RecordsParts } from '../parts.ts'
import { type BuiltStatement, overValues, rememberedRows } from '../remembered-statements.ts'
import { reachOf } from '../require-module.ts'
import { type Reading, stampedRows } from '../stamped.ts'
import { reachedTotal } from './reached-total.ts'

/** How many records a list has in all; where it isn't exact, there are more than `value`. */
export interface CountAnswer {
  readonly value: number
  readonly exact: boolean
}

const COUNT_CAP = 10_000

/**
 * How many records a list has that isn't the recycle bin's: all pages together. A statement of its own, so that the page's and this are
 * each planned as suits them.
 * @throws Problem as for the list
 */
export async function countRecords(
  parts: RecordsParts,
  actor: Actor,
  module: Key,
  query: ListQuery,
): Promise<CountAnswer> {
  const build = (now: Reading) => countStatement(now, module, query)
  const isAsked = query.filter !== undefined || query.q !== undefined
  const { rows } = await (isAsked
    ? stampedRows<CountRow>(parts, actor, (now) => build(now).statement)
    : rememberedRows<CountRow>(parts, actor, { name: `count ${query.count} ${module}`, build, values: new Map() }))
  return countAnswer(rows[0]?.total ?? 0, query)
}

interface CountRow {
  readonly total: number | null
}

function countStatement(now: Reading, moduleKey: Key, query: ListQuery): BuiltStatement {
  const reading = { ...now, values: new Values() }
  const { view, asked } = askedList(reading, moduleKey, query)
  const reach = reachCondition(reachOf(reading, moduleKey, 'read'))
  const isFoundByAlso = asksForTexts(asked) && isWide(reading, reach)
  const also = isFoundByAlso ? plannedConditions(reading, view, asked) : lookedThrough(reading, view, asked)
  const question = { module: view.module, reach, also, isFoundByAlso }
  const { statement, isSteady } = reachedTotal(reading, question, mostCounted(query))
  return overValues(reading.values, statement, isSteady)
}

/** Records that are looked at, at the most. */
export function mostCounted({ count }: ListQuery): number | undefined {
  return count === 'capped' ? COUNT_CAP + 1 : undefined
}

export function countAnswer(total: number, { count }: ListQuery): CountAnswer {
  return count === 'capped' && total > COUNT_CAP ? { value: COUNT_CAP, exact: false } : { value: total, exact: true }
}
