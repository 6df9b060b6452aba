import type { ReachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { type Reading, SHARED, sharedLevel } from './reach-to-sql.ts'

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
  const shared = sql`${sharedLevel(reading, 't', principals)} as ${sql.ref(SHARED)}`
  return {
    reading: { ...reading, shared: { alias: 't', principals } },
    // `offset 0` keeps the planner from putting the look-up back wherever its column is named.
    rows: sql`(select t.*, ${shared} from (${rows}) as t offset 0) as t`,
  }
}

/** Those of the row's own shares; a parent's are the parent's. */
function principalsIn(condition: ReachCondition): ReadonlySet<string>[] {
  if ('sharedWith' in condition) return [condition.sharedWith]
  if ('not' in condition) return principalsIn(condition.not)
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  return parts.flatMap(principalsIn)
}
