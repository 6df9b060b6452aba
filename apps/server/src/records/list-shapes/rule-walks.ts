import type { FieldComparison, PolicyModule, RuleWay } from '@bailiwick/access'
import { conjunctsOf } from '@bailiwick/access'
import { sql } from 'kysely'
import { fieldColumn, isFoldedText } from '../../modules/columns.ts'
import { fixedCondition, ruleKey, ruleSetOf } from '../../modules/rule-sets.ts'
import { foldedText, type Reading, reachToSql, type SqlCondition, storedOf } from '../reach-to-sql.ts'
import type { Source } from './decompose-reach.ts'

/**
 * What an index for rules by values asks of the rows `t` of a source, beside the source's own conditions: with it, the index has them in a
 * list's order. @returns nothing where no index has them
 */
export function ruleKeys(reading: Reading, module: PolicyModule, source: Source): SqlCondition[] | undefined {
  const way = wayOf(source)
  const set = way && ruleSetOf(module, way)
  if (!set) return undefined
  const equal = way.comparisons.filter(({ op, field }) => op === 'eq' && set.fields.includes(field))
  return [
    ...equal.map((comparison) => keyOf(reading, module, comparison)),
    ...set.only.map((comparison) => fixedCondition(module, comparison, 't')),
  ]
}

/** Whether an index has the rows of a source in order that go by values. */
export function isRuleWalked(module: PolicyModule, source: Source): boolean {
  const way = wayOf(source)
  return way !== undefined && ruleSetOf(module, way) !== undefined
}

function wayOf(source: Source): RuleWay | undefined {
  if (source.kind === 'shares') return undefined
  const conditions = source.kind === 'owners' ? source.also : conjunctsOf(source.condition)
  const comparisons = conditions.flatMap((one) => ('compare' in one ? [one.compare] : []))
  return comparisons.length === 0 ? undefined : { comparisons, isOwned: source.kind === 'owners' }
}

/** Other values than texts stand in the index as the condition on them asks for. */
function keyOf(reading: Reading, module: PolicyModule, comparison: FieldComparison): SqlCondition {
  const field = module.fields.get(comparison.field)
  const value = storedOf(reading, module.key, comparison)
  if (!field || !isFoldedText(field) || value === undefined) {
    return reachToSql(reading, module.key, 't', { compare: comparison })
  }
  const column = foldedText(sql.ref(`t.${fieldColumn(field.key)}`))
  const place = reading.values?.placeOf(value, 'text') ?? sql`${value}::text`
  return sql<boolean>`${ruleKey(column)} = ${ruleKey(place)}`
}
