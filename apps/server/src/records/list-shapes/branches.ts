import type { PolicyModule, ReachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { OwnerParts } from '../../policy/live-policy.ts'
import { type Reading, reachToSql, type SqlCondition, sharedIds } from '../reach-to-sql.ts'
import { NARROW, sourceCoverage } from './coverage.ts'
import { conditionOf, type DecomposedReach, type Source } from './decompose-reach.ts'
import { ruleKeys } from './rule-walks.ts'

/** A part of the rows that a reach finds, as a condition on the table `t`. No row is in two parts. */
export interface Branch {
  readonly where: SqlCondition
  /** An index gives its rows in the list's order. Otherwise all of them are fetched, and then sorted. */
  readonly inOrder: boolean
  /** That index isn't over all records, but within a bucket, an owner or what a rule by values leads to. */
  readonly within?: 'part' | 'rule'
  /** An index has all that is asked of these rows and, by newest, their order: the rows themselves are fetched for the page alone. */
  readonly isKeyed?: boolean
  /** The condition is on each of these in turn, as `one.id`: they are too many to stand side by side. */
  readonly ofEach?: RawBuilder<unknown>
}

/** How many parts of a source may be walked side by side: few different numbers, so that there are few different statements. */
const SIZES = [0, 1, 2, 4, 8, 16, 32, 64]
export const MOST_WALKED = 64

/** As many branches as the decomposed reach has parts that an index has in order, and one for each of the others. */
export function orderedBranches(reading: Reading, module: PolicyModule, reach: DecomposedReach): Branch[] {
  return eachSource(reading, module, reach, (source) => {
    if (source.kind === 'shares') return [sharedBranch(reading, module, source)]
    const keys = ruleKeys(reading, module, source)
    if (source.kind === 'owners') return ownersInOrder(reading, partsOf(reading, source), keys)
    const where = reachToSql(reading, module.key, 't', source.condition)
    if (keys) return [ruleWalk(keys, where)]
    return [{ where, inOrder: sourceCoverage(reading.snapshot.owners, source) >= NARROW }]
  })
}

/** The same rows, in as few branches as there are indexes to find them by. */
export function gatheredBranches(
  reading: Reading,
  module: PolicyModule,
  reach: DecomposedReach,
  parts: Parts = 'apart',
): Branch[] {
  const branchesOf = (source: Source) => {
    if (source.kind === 'owners') return ownersTogether(reading, partsOf(reading, source))
    if (source.kind === 'shares') return [sharedBranch(reading, module, source)]
    return [{ where: reachToSql(reading, module.key, 't', source.condition), inOrder: false }]
  }
  return eachSource(reading, module, reach, branchesOf, parts)
}

/** Whether each branch leaves out what those before it find. */
type Parts = 'apart' | 'overlapping'

/** The same rows as one condition on the table `t`, for who reaches so much that all records are gone through once. */
export function anyBranch(reading: Reading, module: PolicyModule, reach: DecomposedReach): SqlCondition {
  const branches = gatheredBranches(reading, module, reach, 'overlapping')
  return sql<boolean>`(${sql.join(
    branches.map(({ where }) => sql`(${where})`),
    sql` or `,
  )})`
}

/** The same rows for a list in an order that buckets and owners have: the first of each of them, one after the other. */
export function lateralBranches(reading: Reading, module: PolicyModule, reach: DecomposedReach): Branch[] {
  return eachSource(reading, module, reach, (source) => {
    if (source.kind === 'shares') return [sharedBranch(reading, module, source)]
    const keys = ruleKeys(reading, module, source)
    if (source.kind === 'owners') return ownersInTurn(reading, partsOf(reading, source), keys)
    const where = reachToSql(reading, module.key, 't', source.condition)
    return [keys ? ruleWalk(keys, where) : { where, inOrder: false }]
  })
}

/** A bucket's rows, or those of them that a rule leads to. */
function withKeys(branch: Branch, keys: readonly SqlCondition[] | undefined): Branch {
  return keys ? { ...branch, where: allOf([branch.where, ...keys]), within: 'rule' } : branch
}

function ruleWalk(keys: readonly SqlCondition[], where: SqlCondition): Branch {
  return { where: allOf([...keys, unestimated([where])]), inOrder: true, within: 'rule' }
}

/**
 * Conditions of which the planner takes half of all rows to fulfil them. It would multiply what it guesses of each, expect next to no
 * rows, and rather have all and sort them than walk them in order.
 */
function unestimated(conditions: readonly SqlCondition[]): SqlCondition {
  return sql<boolean>`case when ${allOf(conditions)} then true else false end`
}

function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

const WALKED_WITHIN = { inOrder: true, within: 'part' } as const

function ownersInTurn(
  reading: Reading,
  { buckets, singles, moved }: OwnerParts,
  keys: readonly SqlCondition[] | undefined,
): Branch[] {
  const where = sql<boolean>`t.bucket = one.id${unmoved(reading, moved)}`
  return [
    withKeys({ where, ...WALKED_WITHIN, ofEach: place(reading, buckets) }, keys),
    { where: sql`t.owner_id = one.id`, ...WALKED_WITHIN, ofEach: place(reading, singles) },
  ]
}

/** The most parts of one source that would have to be walked side by side. */
export function partsToWalk(reading: Reading, { ways }: DecomposedReach): number {
  return ways.reduce((sum, { source }) => {
    if (source.kind !== 'owners') return sum + 1
    const { buckets, singles } = partsOf(reading, source)
    return sum + buckets.length + singles.length
  }, 0)
}

function eachSource(
  reading: Reading,
  module: PolicyModule,
  { ways }: DecomposedReach,
  branchesOf: (source: Source) => Branch[],
  parts: Parts = 'apart',
): Branch[] {
  const toSql = (condition: ReachCondition) => reachToSql(reading, module.key, 't', condition)
  return ways.flatMap((way, at) => {
    const also = way.source.kind === 'owners' ? way.source.also : []
    const before = ways
      .slice(0, parts === 'apart' ? at : 0)
      .map((earlier): ReachCondition => ({ not: conditionOf(earlier) }))
    const besides = [...also, ...way.caps, ...before].map(toSql)
    return branchesOf(way.source).map((branch) => {
      const others = branch.within === 'rule' && besides.length > 0 ? [unestimated(besides)] : besides
      return { ...branch, where: allOf([branch.where, ...others]) }
    })
  })
}

function partsOf({ snapshot }: Reading, source: Extract<Source, { kind: 'owners' }>): OwnerParts {
  return snapshot.owners.partsOf(source.owners)
}

function ownersInOrder(
  reading: Reading,
  { buckets, singles, moved }: OwnerParts,
  keys: readonly SqlCondition[] | undefined,
): Branch[] {
  const walked = padded(buckets).map((bucket) => {
    return withKeys({ where: sql`t.bucket = ${bucket}::int${unmoved(reading, moved)}`, ...WALKED_WITHIN }, keys)
  })
  const alone = padded(singles).map((owner): Branch => ({ where: sql`t.owner_id = ${owner}::int`, ...WALKED_WITHIN }))
  return [...walked, ...alone]
}

/**
 * No bucket and no owner has this number, and to find that out costs next to nothing. An empty value would cost nothing at all, and so
 * make the database believe that plans made anew for each question are worth their making.
 */
const NOBODY = -1

function padded(ids: readonly number[]): number[] {
  const size = SIZES.find((one) => one >= ids.length) ?? ids.length
  return [...ids, ...Array.from({ length: size - ids.length }, () => NOBODY)]
}

function ownersTogether(reading: Reading, { buckets, singles, moved }: OwnerParts): Branch[] {
  if (buckets.length === 0) return singlesTogether(reading, singles)
  const where = sql<boolean>`t.bucket = any(${place(reading, buckets)})${unmoved(reading, moved)}`
  return [{ where, inOrder: false }, ...singlesTogether(reading, singles)]
}

function singlesTogether(reading: Reading, singles: readonly number[]): Branch[] {
  return singles.length === 0 ? [] : [{ where: sql`t.owner_id = any(${place(reading, singles)})`, inOrder: false }]
}

function unmoved(reading: Reading, moved: readonly number[]): RawBuilder<unknown> {
  return moved.length === 0 ? sql`` : sql` and t.owner_id <> all(${place(reading, moved)})`
}

function place({ values }: Reading, ids: readonly number[]): RawBuilder<unknown> {
  return values?.placeOf(ids, 'int[]') ?? sql`${ids}::int[]`
}

/** By the shares' ids, so that a record is looked for for every share, and none is looked through. */
function sharedBranch(reading: Reading, module: PolicyModule, { shared }: Extract<Source, { kind: 'shares' }>): Branch {
  const where = sql<boolean>`t.shares_count > 0 and t.id = any(${sharedIds(reading, module.key, shared)})`
  return { where, inOrder: false, isKeyed: true }
}
