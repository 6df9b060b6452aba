import type { Key, Policy } from '@bailiwick/access'
import { type RuleIndex, ruleIndexes } from '../../modules/rule-indexes.ts'
import type { StandingIndex } from './sort-out-orders.ts'

/** An index for lists of what sharing rules by values lead to. */
export interface WantedRuleIndex {
  readonly module: Key
  readonly index: RuleIndex
}

/**
 * Which indexes for sharing rules are to be made, and which are to go first: those left half made, and those that were made here of what is another
 * by now. Others go with the policy that takes their rules away.
 * @param made what was made under a policy of a moment ago, by name
 */
export function sortOutRules(
  { modules }: Policy,
  standing: readonly StandingIndex[],
  made: ReadonlyMap<string, string>,
): { readonly make: readonly WantedRuleIndex[]; readonly drop: readonly string[] } {
  const wanted = [...modules.values()].flatMap((module) =>
    ruleIndexes(module.key, module).map((index): WantedRuleIndex => ({ module: module.key, index })),
  )
  const overOf = new Map(wanted.map(({ index }) => [index.name, index.over]))
  const isOutlived = (name: string) => made.has(name) && made.get(name) !== overOf.get(name)
  const drop = standing.filter(({ name, isWhole }) => !isWhole || isOutlived(name)).map(({ name }) => name)
  const left = new Set(standing.map(({ name }) => name).filter((name) => !drop.includes(name)))
  return { make: wanted.filter(({ index }) => !left.has(index.name)), drop }
}
