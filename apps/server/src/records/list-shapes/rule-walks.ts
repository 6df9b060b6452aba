import type { FieldComparison, Key, PolicyModule, ReachCondition } from '@bailiwick/access'
import { sql } from 'kysely'
import { fieldColumn, isFoldedText } from '../../modules/columns.ts'
import { indexedRuleFields, ruleKey } from '../../modules/rule-indexes.ts'
import { foldedText, type Reading, reachToSql, type SqlCondition, storedOf } from '../reach-to-sql.ts'
import type { Source } from './decompose-reach.ts'

/**
 * What an index by rules' values asks of the rows `t` of a source, beside the source's own conditions: with it, the index has them in a
 * list's order. @returns nothing where no index has them, because they don't go by values, or not by such as an index is made for
 */
export function ruleKeys(reading: Reading, module: PolicyModule, source: Source): SqlCondition[] | undefined {
  const asked = new Map(comparisonsOf(source).map((comparison) => [comparison.field, comparison]))
  const set = findIndexed(module, source, asked)
  return set?.flatMap((field) => {
    const comparison = asked.get(field)
    return comparison ? keyOf(reading, module, comparison) : []
  })
}

/** Whether an index has the rows of a source in order that go by values. */
export function isRuleWalked(module: PolicyModule, source: Source): boolean {
  return findIndexed(module, source, new Map(comparisonsOf(source).map((one) => [one.field, one]))) !== undefined
}

/** The largest set of fields that an index was made for, of those that are to have a value. */
function findIndexed(
  module: PolicyModule,
  { kind }: Source,
  asked: ReadonlyMap<Key, FieldComparison>,
): readonly Key[] | undefined {
  if (asked.size === 0) return undefined
  const sets = indexedRuleFields(module).filter(({ fields, isOwned }) => {
    return isOwned === (kind === 'owners') && fields.every((field) => asked.has(field))
  })
  return sets.sort((one, other) => other.fields.length - one.fields.length)[0]?.fields
}

function comparisonsOf(source: Source): FieldComparison[] {
  if (source.kind === 'shares') return []
  const conditions = source.kind === 'owners' ? source.also : conjuncts(source.condition)
  return conditions.flatMap((one) => ('compare' in one && one.compare.op === 'eq' ? [one.compare] : []))
}

function conjuncts(condition: ReachCondition): readonly ReachCondition[] {
  return 'all' in condition ? condition.all : [condition]
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
