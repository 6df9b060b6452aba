import type { Key, ReachCondition } from '@bailiwick/access'
import { all, conjunctsOf, isTrue, levelReach, reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { reachToSql } from './reach-to-sql.ts'
import { eitherWay } from './shared-rows.ts'
import type { Reading } from './stamped.ts'

/** What decides which level the person has on a row: what must hold for any but reading, and then for each. */
interface LevelConditions {
  readonly both: ReachCondition
  readonly full: ReachCondition
  readonly edit: ReachCondition
}

/** @param known what holds on the row, and isn't asked for again; unstated: what reading asks for */
function conditionsOf({ snapshot, actor }: Reading, module: Key, known?: ReachCondition): LevelConditions {
  const [read = [], edit = [], full = []] = (['read', 'edit', 'full'] as const).map((level) =>
    conjunctsOf(reachCondition(levelReach(snapshot.policy, actor.user, module, level))),
  )
  const held = known ? conjunctsOf(known) : read
  const both = edit.filter((one) => full.includes(one) && !held.includes(one))
  const rest = (asked: readonly ReachCondition[]) =>
    all(asked.filter((one) => !held.includes(one) && !both.includes(one)))
  return { both: all(both), full: rest(full), edit: rest(edit) }
}

/** What is asked of a row that the person reads to tell his level on it. */
export function levelConditions(reading: Reading, module: Key): readonly ReachCondition[] {
  const { both, full, edit } = conditionsOf(reading, module)
  return [full, edit, both]
}

/**
 * The person's level on a row: 1, 2 or 3.
 * @param known what holds on the row, of which nothing is asked again; unstated: he reads it
 */
export function levelSql(reading: Reading, module: Key, alias: string, known?: ReachCondition): RawBuilder<number> {
  const { both, full, edit } = conditionsOf(reading, module, known)
  return eitherWay(reading, alias, [full, edit, both], (now) => {
    const toSql = (condition: ReachCondition) => reachToSql(now, module, alias, condition)
    const level = sql<number>`case when ${toSql(full)} then 3 when ${toSql(edit)} then 2 else 1 end`
    return isTrue(both) ? sql`(${level})` : sql`(case when ${toSql(both)} then ${level} else 1 end)`
  })
}
