import type { PolicyModule, ReachCondition } from '@bailiwick/access'
import type { Owners } from '../../policy/live-policy.ts'
import type { Reading } from '../reach-to-sql.ts'
import { type DecomposedReach, decomposeReach, type Source } from './decompose-reach.ts'
import { isRuleWalked } from './rule-walks.ts'

/** The same of what has to be looked for among all records: what a rule leads to by an index of its own isn't. */
export function lookedForCoverage(owners: Owners, module: PolicyModule, { ways }: DecomposedReach): number {
  return coverageOf(owners, {
    ways: ways.filter(({ source }) => source.kind === 'owners' || !isRuleWalked(module, source)),
  })
}

/**
 * About which part of a module's records a reach finds, from 0 to 1, going by how many of all owners it means. Conditions on values
 * count as if they held always.
 */
export function coverageOf(owners: Owners, { ways }: DecomposedReach): number {
  return Math.min(
    1,
    ways.reduce((sum, { source }) => sum + sourceCoverage(owners, source), 0),
  )
}

export function sourceCoverage(owners: Owners, source: Source): number {
  if (source.kind === 'owners') return owners.partsOf(source.owners).share
  if (source.kind === 'shares') return 0
  return conditionCoverage(owners, source.condition)
}

/** Below this part of the records, fetching all that is reached costs less than looking for it among all others. */
export const NARROW = 0.025

/** Whether what is reached is so much that it is looked for among all records, rather than gone through. */
export function isWide({ snapshot }: Pick<Reading, 'snapshot'>, reach: ReachCondition): boolean {
  const decomposed = decomposeReach(reach)
  return !decomposed || coverageOf(snapshot.owners, decomposed) >= NARROW
}

/** From this part of all records on, next to every page of the table holds some of them. */
export const MUCH_OF_ALL = 0.2

/** Whether all that is reached is found soonest by going through all records once, whatever an index would find of it. */
export function isMuchOfAll(
  { snapshot }: Pick<Reading, 'snapshot'>,
  module: PolicyModule,
  reach: ReachCondition,
): boolean {
  const decomposed = decomposeReach(reach)
  return !decomposed || lookedForCoverage(snapshot.owners, module, decomposed) >= MUCH_OF_ALL
}

/** What a parent gives goes by how many parents are reached. */
function conditionCoverage(owners: Owners, condition: ReachCondition): number {
  if ('all' in condition) return Math.min(1, ...condition.all.map((one) => conditionCoverage(owners, one)))
  if (!('parent' in condition)) return 1
  const decomposed = decomposeReach(condition.parent.condition)
  return decomposed ? coverageOf(owners, decomposed) : 1
}
