import type { ReachCondition } from '@bailiwick/access'

type Owners = Extract<ReachCondition, { readonly owners: unknown }>['owners']
type Shared = Extract<ReachCondition, { readonly sharedWith: unknown }>

/** One way in which records are reached, by what finds them quickest. Two ways may lead to one record. */
export type Source =
  /** Records of these owners, as far as the other conditions hold. */
  | { readonly kind: 'owners'; readonly owners: Owners; readonly also: readonly ReachCondition[] }
  | { readonly kind: 'shares'; readonly shared: Shared }
  | { readonly kind: 'rows'; readonly condition: ReachCondition }

/** A reach as ways in, and what must hold besides on whatever comes in. */
export interface DecomposedReach {
  readonly sources: readonly Source[]
  readonly caps: readonly ReachCondition[]
}

/**
 * Takes a reach's condition apart: whatever any of the sources finds and every cap lets through is reached, and nothing else.
 * @returns nothing where there is no way in to speak of: every record has to be looked at
 */
export function decomposeReach(condition: ReachCondition): DecomposedReach | undefined {
  const conjuncts = 'all' in condition ? condition.all : [condition]
  const entrance = findEntrance(conjuncts)
  if (!entrance) return undefined
  const ways = 'any' in entrance ? entrance.any : [entrance]
  return { sources: ways.map(sourceOf), caps: conjuncts.filter((one) => one !== entrance) }
}

/** The narrowest conjunct, as far as can be told without counting. */
function findEntrance(conjuncts: readonly ReachCondition[]): ReachCondition | undefined {
  return (
    conjuncts.find((one) => 'owners' in one) ??
    conjuncts.find((one) => 'sharedWith' in one) ??
    conjuncts.find((one) => 'any' in one) ??
    conjuncts.find((one) => 'parent' in one)
  )
}

function sourceOf(way: ReachCondition): Source {
  if ('sharedWith' in way) return { kind: 'shares', shared: way }
  const conjuncts = 'all' in way ? way.all : [way]
  const owned = conjuncts.find((one) => 'owners' in one)
  if (!owned || !('owners' in owned)) return { kind: 'rows', condition: way }
  return { kind: 'owners', owners: owned.owners, also: conjuncts.filter((one) => one !== owned) }
}

/** A source as the condition that it stands for. */
export function conditionOf(source: Source): ReachCondition {
  if (source.kind === 'shares') return source.shared
  if (source.kind === 'rows') return source.condition
  return source.also.length === 0 ? { owners: source.owners } : { all: [{ owners: source.owners }, ...source.also] }
}
