import { canonicalValue } from './canonical.ts'
import type { Comparison, Condition, FieldType, Key, Scalar, SharingRuleDefinition } from './document.ts'
import type { ComparedValue, FieldComparison } from './reach-condition.ts'

/** One way in which a sharing rule by values leads to records: all that it compares there at once. */
export interface RuleWay {
  /** Canonical, as in a reach; without a value where that isn't the same for everybody and every day. */
  readonly comparisons: readonly FieldComparison[]
  /** The rule goes by owners besides. */
  readonly isOwned: boolean
}

type Fields = ReadonlyMap<Key, { readonly type: FieldType }>

/** The ways of rules of one module, those first that most rules share. What is negated or one of several isn't told. */
export function ruleWays(rules: Iterable<SharingRuleDefinition>, fields: Fields, timeZone: string): RuleWay[] {
  const found = new Map<string, { readonly way: RuleWay; count: number }>()
  for (const { when, ownedBy } of rules) {
    const isOwned = ownedBy !== undefined
    for (const compared of when === undefined ? [] : alternatives(when, isOwned)) {
      const comparisons = compared.flatMap((one) => canonicalComparison(one, fields, timeZone))
      const name = JSON.stringify([isOwned, comparisons])
      const known = found.get(name) ?? { way: { comparisons, isOwned }, count: 0 }
      found.set(name, { ...known, count: known.count + 1 })
    }
  }
  return [...found.values()].sort((one, other) => other.count - one.count).map(({ way }) => way)
}

/** Of what a rule says any of, each is a way of its own to records, unless owners are asked for along with all of them. */
function alternatives(condition: Condition, isOwned: boolean): Comparison[][] {
  if ('any' in condition) return isOwned ? [] : condition.any.flatMap((part) => alternatives(part, isOwned))
  const compared = conjuncts(condition)
  return compared.length === 0 ? [] : [compared]
}

function conjuncts(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(conjuncts)
  return 'op' in condition ? [condition] : []
}

function canonicalComparison(
  { field: key, op, value }: Comparison,
  fields: Fields,
  timeZone: string,
): FieldComparison[] {
  const field = fields.get(key)
  if (!field) return []
  const canonical = canonicalOf(op === 'in' && !Array.isArray(value) ? listOf(value) : value, field.type, timeZone)
  return [{ field: key, type: field.type, op, ...(canonical !== undefined && { value: canonical }) }]
}

/** One value that is to be among some stands for a list of it. */
function listOf(value: Comparison['value']): Comparison['value'] {
  return value === undefined || typeof value === 'object' ? value : [value]
}

function canonicalOf(value: Comparison['value'], type: FieldType, timeZone: string): ComparedValue | undefined {
  if (Array.isArray(value)) return value.flatMap((one: Scalar) => canonicalValue(one, type, timeZone) ?? [])
  return value === undefined || typeof value === 'object' ? undefined : canonicalValue(value, type, timeZone)
}
