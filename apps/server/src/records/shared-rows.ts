import type { ReachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { type Reading, sharedLevel } from './reach-to-sql.ts'

/** Rows under the alias `t`, and the reading by which conditions on them are made. */
export interface SharedRows<Now extends Reading> {
  readonly reading: Now
  readonly rows: RawBuilder<unknown>
}

/**
 * Rows whose shares are looked up once, and not by each of the conditions that ask for them: every look-up that stands in a statement costs
 * it something, whether it is made or not. Other rows than the few of an answer are better left as they are.
 * @param rows a select of `t.*`; @param conditions what will be asked of them
 */
export function withShared<Now extends Reading>(
  reading: Now,
  rows: RawBuilder<unknown>,
  conditions: readonly ReachCondition[],
): SharedRows<Now> {
  const [principals] = conditions.flatMap(principalsIn)
  if (!principals) return { reading, rows: sql`(${rows}) as t` }
  const level = sql<number>`its.shared_level`
  const found = sql`case when t.shares_count > 0 then coalesce((${sharedLevel(reading, 't', principals)}), 0) else 0 end`
  return {
    reading: { ...reading, shared: { alias: 't', with: { principals, level } } },
    // `offset 0` keeps the planner from putting the look-up back wherever its column is named. It stands beside the row, for a select around
    // it would have the database hand on every column of the row once more.
    rows: sql`(${rows}) as t cross join lateral (select ${found} as shared_level offset 0) as its`,
  }
}

/**
 * A question about the row under an alias, asked in one way of rows that are shared, whose shares are looked up once, and in another of
 * those that aren't: for the many rows of a page, of which few are shared. Each row is asked in one way alone, so the second costs nothing.
 * @param conditions what the question asks of the row
 */
export function eitherWay<Now extends Reading, Answer>(
  reading: Now,
  alias: string,
  conditions: readonly ReachCondition[],
  ask: (reading: Now) => RawBuilder<Answer>,
): RawBuilder<Answer> {
  const [principals] = reading.shared?.alias === alias ? [] : conditions.flatMap(principalsIn)
  if (!principals) return ask(reading)
  const level = sql<number>`coalesce(shared.level, 0)`
  const whenShared = ask({ ...reading, shared: { alias, with: { principals, level } } })
  return sql`(case when ${sql.ref(`${alias}.shares_count`)} > 0
    then (select ${whenShared} from (${sharedLevel(reading, alias, principals)}) as shared)
    else ${ask({ ...reading, shared: { alias } })} end)`
}

/** Those of the row's own shares; a parent's are the parent's. */
function principalsIn(condition: ReachCondition): ReadonlySet<string>[] {
  if ('sharedWith' in condition) return [condition.sharedWith]
  if ('not' in condition) return principalsIn(condition.not)
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  return parts.flatMap(principalsIn)
}
