import type { ReachCondition } from '@bailiwick/access'
import { conjunctsOf, LEVELS } from '@bailiwick/access'

type Owners = Extract<ReachCondition, { readonly owners: unknown }>['owners']
type Shared = Extract<ReachCondition, { readonly sharedWith: unknown }>

/** One way in which records are reached, by what finds them quickest. */
export type Source =
  /** Records of these owners, as far as the other conditions hold. */
  | { readonly kind: 'owners'; readonly owners: Owners; readonly also: readonly ReachCondition[] }
  | { readonly kind: 'shares'; readonly shared: Shared }
  | { readonly kind: 'rows'; readonly condition: ReachCondition }

/** A source, and what must hold besides on whatever comes from it. */
export interface Way {
  readonly source: Source
  readonly caps: readonly ReachCondition[]
}

/** What any of the ways leads to is reached, and nothing else. Two ways may lead to one record. */
export interface DecomposedReach {
  readonly ways: readonly Way[]
}

/**
 * Takes a reach's condition apart. @returns nothing where there is no way in to speak of: every record has to be looked at
 */
export function decomposeReach(
  condition: ReachCondition,
  turn: readonly Source['kind'][] = QUICK_FIRST,
): DecomposedReach | undefined {
  const conjuncts = conjunctsOf(condition)
  const entrance = findEntrance(conjuncts)
  if (!entrance) return undefined
  const caps = conjuncts.filter((one) => one !== entrance)
  const sources = inTurn(withoutCovered(('any' in entrance ? entrance.any : [entrance]).map(sourceOf)), turn)
  const shares = sources.flatMap((source) => (source.kind === 'shares' ? [source.shared] : []))
  return { ways: sources.map((source): Way => ({ source, caps: capsOn(source, caps, shares) })) }
}

/** What is quickest to ask stands first, for each way asks whether those before it lead there too. */
const QUICK_FIRST: readonly Source['kind'][] = ['owners', 'shares', 'rows']
/** No way but the last looks for a row's shares: a statement that does so for each row it goes through is not shared out among processes. */
const SHARES_LAST: readonly Source['kind'][] = ['owners', 'rows', 'shares']

function capsOn(source: Source, caps: readonly ReachCondition[], shares: readonly Shared[]): ReachCondition[] {
  if (source.kind === 'shares') return caps.map((cap) => sharedAnyway(cap, source.shared))
  return caps.map((cap) => withoutShares(cap, shares, false))
}

/**
 * The same for going through all that is reached: where there is no way in, every record is a way, with the shares beside it as another,
 * so that no record's shares have to be looked up in passing.
 */
export function decomposeWhole(condition: ReachCondition): DecomposedReach {
  const decomposed = decomposeReach(condition, SHARES_LAST)
  if (decomposed) return decomposed
  const caps = conjunctsOf(condition)
  const shares = caps.flatMap((cap) => sharesLetThrough(cap, false))
  const sources: Source[] = [
    { kind: 'rows', condition: { literal: true } },
    ...shares.map((shared): Source => ({ kind: 'shares', shared })),
  ]
  return { ways: sources.map((source): Way => ({ source, caps: capsOn(source, caps, shares) })) }
}

function sharesLetThrough(cap: ReachCondition, isNegated: boolean): Shared[] {
  if ('sharedWith' in cap) return isNegated ? [] : [cap]
  if ('not' in cap) return sharesLetThrough(cap.not, !isNegated)
  const parts = 'all' in cap ? cap.all : 'any' in cap ? cap.any : []
  return parts.flatMap((part) => sharesLetThrough(part, isNegated))
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

function inTurn(sources: readonly Source[], turn: readonly Source['kind'][]): Source[] {
  return turn.flatMap((kind) => sources.filter((one) => one.kind === kind))
}

function sourceOf(way: ReachCondition): Source {
  if ('sharedWith' in way) return { kind: 'shares', shared: way }
  const conjuncts = conjunctsOf(way)
  const owned = conjuncts.find((one) => 'owners' in one)
  if (!owned || !('owners' in owned)) return { kind: 'rows', condition: way }
  return { kind: 'owners', owners: owned.owners, also: conjuncts.filter((one) => one !== owned) }
}

/**
 * Leaves out what leads nowhere that another source doesn't lead to: since each source leaves out what those before it find, all that it
 * finds would be gone through for nothing.
 */
function withoutCovered(sources: readonly Source[]): Source[] {
  return sources.filter((one, at) => {
    return !sources.some(
      (other, place) => place !== at && isWithin(one, other) && (place < at || !isWithin(other, one)),
    )
  })
}

/** Whether all that the first leads to is plain to be among what the second leads to: it asks for as much, or more. */
function isWithin(narrow: Source, wide: Source): boolean {
  if (narrow.kind === 'shares' || wide.kind === 'shares') return false
  if (wide.kind === 'owners' && (narrow.kind !== 'owners' || !isSubset(narrow.owners, wide.owners))) return false
  const asked = asksOf(narrow).map(nameOf)
  return asksOf(wide).every((condition) => asked.includes(nameOf(condition)))
}

function isSubset(few: Owners, many: Owners): boolean {
  return few === many || (few.size <= many.size && [...few].every((owner) => many.has(owner)))
}

function asksOf(source: Exclude<Source, { kind: 'shares' }>): readonly ReachCondition[] {
  if (source.kind === 'owners') return source.also
  return conjunctsOf(source.condition)
}

/** Equal comparisons have equal names; of anything else, only the very same is known to be equal. */
function nameOf(condition: ReachCondition): string | ReachCondition {
  return 'compare' in condition ? JSON.stringify(condition.compare) : condition
}

/**
 * A cap on ways beside the shares: records that it lets through for a share alone are left to the way of shares, which leads to all that
 * are shared. So nobody's shares have to be looked up for every record of his own people.
 */
function withoutShares(cap: ReachCondition, shares: readonly Shared[], isNegated: boolean): ReachCondition {
  if ('sharedWith' in cap) return !isNegated && shares.some((one) => covers(one, cap)) ? { literal: false } : cap
  if ('not' in cap) return { not: withoutShares(cap.not, shares, !isNegated) }
  if ('all' in cap) return { all: cap.all.map((one) => withoutShares(one, shares, isNegated)) }
  if ('any' in cap) return { any: cap.any.map((one) => withoutShares(one, shares, isNegated)) }
  return cap
}

/** A cap on records that are known to be shared: what it asks of shares needn't be looked up again. */
function sharedAnyway(cap: ReachCondition, shared: Shared): ReachCondition {
  if ('sharedWith' in cap) return covers(cap, shared) ? { literal: true } : cap
  if ('not' in cap) return { not: sharedAnyway(cap.not, shared) }
  if ('all' in cap) return { all: cap.all.map((one) => sharedAnyway(one, shared)) }
  if ('any' in cap) return { any: cap.any.map((one) => sharedAnyway(one, shared)) }
  return cap
}

function covers(wide: Shared, narrow: Shared): boolean {
  return wide.sharedWith === narrow.sharedWith && LEVELS.indexOf(wide.atLeast) <= LEVELS.indexOf(narrow.atLeast)
}

/** Where the way leads, as one condition. */
export function conditionOf({ source, caps }: Way): ReachCondition {
  if (source.kind === 'shares') return { all: [source.shared, ...caps] }
  if (source.kind === 'rows') return { all: [source.condition, ...caps] }
  return { all: [{ owners: source.owners }, ...source.also, ...caps] }
}
