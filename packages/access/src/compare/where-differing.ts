import type { ReachCondition } from '../reach-condition.ts'
import { any, FALSE, not } from '../reach-condition.ts'
import { conditionsEqual } from './conditions-equal.ts'

/**
 * A condition that holds on every record about which two conditions disagree, and on few others: what a comparison has to look at.
 * Of two sets of owners it is those in only one of them; a part that both conditions have has no say.
 */
export function whereDiffering(a: ReachCondition, b: ReachCondition): ReachCondition {
  if (conditionsEqual(a, b)) return FALSE
  if ('any' in a || 'any' in b) return differingParts(partsOf(a, 'any'), partsOf(b, 'any'), (part) => part)
  if ('all' in a || 'all' in b) return differingParts(partsOf(a, 'all'), partsOf(b, 'all'), not)
  return differingPair(a, b) ?? any([a, b])
}

function partsOf(condition: ReachCondition, word: 'any' | 'all'): readonly ReachCondition[] {
  if (word === 'any' && 'any' in condition) return condition.any
  return word === 'all' && 'all' in condition ? condition.all : [condition]
}

/**
 * Two lists differ only where parts that stand for each other do, or where a part without counterpart decides: by holding in a
 * disjunction, by failing in a conjunction.
 */
function differingParts(
  before: readonly ReachCondition[],
  after: readonly ReachCondition[],
  decides: (part: ReachCondition) => ReachCondition,
): ReachCondition {
  const rest = after.filter((part) => !before.some((other) => conditionsEqual(other, part)))
  const zones: ReachCondition[] = []
  for (const part of before) {
    if (after.some((other) => conditionsEqual(other, part))) continue
    const at = rest.findIndex((other) => kindOf(other) === kindOf(part))
    const counterpart = rest[at]
    if (counterpart) rest.splice(at, 1)
    zones.push(counterpart ? whereDiffering(part, counterpart) : decides(part))
  }
  return any([...zones, ...rest.map(decides)])
}

function kindOf(condition: ReachCondition): string {
  return Object.keys(condition).sort().join(' ')
}

function differingPair(a: ReachCondition, b: ReachCondition): ReachCondition | undefined {
  if ('owners' in a && 'owners' in b) return { owners: inOneOf(a.owners, b.owners) }
  if ('not' in a && 'not' in b) return whereDiffering(a.not, b.not)
  if ('sharedWith' in a && 'sharedWith' in b && a.atLeast === b.atLeast)
    return { sharedWith: inOneOf(a.sharedWith, b.sharedWith), atLeast: a.atLeast }
  if (!('parent' in a) || !('parent' in b)) return undefined
  const [one, other] = [a.parent, b.parent]
  if (one.field !== other.field || one.module !== other.module) return undefined
  return { parent: { ...one, condition: whereDiffering(one.condition, other.condition) } }
}

function inOneOf(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  for (const one of a) if (!b.has(one)) found.add(one)
  for (const one of b) if (!a.has(one)) found.add(one)
  return found
}
