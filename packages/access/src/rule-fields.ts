import type { Condition, Key, SharingRuleDefinition } from './document.ts'

/** Fields that a sharing rule asks to have certain values, all at once. */
export interface RuleFields {
  readonly fields: readonly Key[]
  /** The rule goes by owners besides. */
  readonly isOwned: boolean
}

/** By which fields' values the rules go, those first that most rules go by. Other comparisons of theirs aren't told. */
export function ruleFields(rules: Iterable<SharingRuleDefinition>): RuleFields[] {
  const found = new Map<string, { readonly of: RuleFields; count: number }>()
  for (const { when, ownedBy } of rules) {
    const isOwned = ownedBy !== undefined
    for (const keys of when === undefined ? [] : alternatives(when, isOwned)) {
      const fields = [...new Set(keys)].sort()
      const name = `${isOwned} ${fields}`
      const known = found.get(name) ?? { of: { fields, isOwned }, count: 0 }
      found.set(name, { ...known, count: known.count + 1 })
    }
  }
  return [...found.values()].sort((one, other) => other.count - one.count).map(({ of }) => of)
}

/** Of what a rule says any of, each is a way of its own to records, unless owners are asked for along with all of them. */
function alternatives(condition: Condition, isOwned: boolean): Key[][] {
  if ('any' in condition) return isOwned ? [] : condition.any.flatMap((part) => alternatives(part, isOwned))
  const equal = equalTo(condition)
  return equal.length === 0 ? [] : [equal]
}

function equalTo(condition: Condition): Key[] {
  if ('all' in condition) return condition.all.flatMap(equalTo)
  return 'op' in condition && condition.op === 'eq' ? [condition.field] : []
}
