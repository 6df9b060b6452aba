import type { FieldValue } from '@bailiwick/access'
import type { MeasureOp } from './measure-op.ts'

export interface Group {
  /** Absent for the group of what was folded together. */
  readonly by?: readonly FieldValue[]
  readonly count: number
  readonly measures: readonly (number | string | null)[]
  /** Behind each measure: the sum and how many values it has. */
  readonly sums: readonly { readonly sum: number; readonly of: number }[]
}

/** Fewer records than this are never told apart. Law: section 6. */
export const SMALLEST_GROUP = 5

/**
 * Folds groups of fewer than five records into one; where that one is still too small, it isn't told at all. A measure behind which
 * fewer than five records have a value counts as too small as well, and is left out. Groups that are large enough stay: what the
 * total less these tells, the law gives away with the total.
 */
export function foldSmallGroups(groups: readonly Group[], ops: readonly MeasureOp[]): Group[] {
  const small = groups.filter((group) => group.count < SMALLEST_GROUP)
  const large = groups.filter((group) => group.count >= SMALLEST_GROUP)
  const told = countOf(small) >= SMALLEST_GROUP ? [...large, joined(small, ops)] : large
  return told.map((group) => withoutThinMeasures(group, ops))
}

function countOf(groups: readonly Group[]): number {
  return groups.reduce((sum, group) => sum + group.count, 0)
}

function joined(groups: readonly Group[], ops: readonly MeasureOp[]): Group {
  const sums = ops.map((_op, index) => ({
    sum: groups.reduce((sum, group) => sum + (group.sums[index]?.sum ?? 0), 0),
    of: groups.reduce((sum, group) => sum + (group.sums[index]?.of ?? 0), 0),
  }))
  const measures = ops.map((op, index) => measureOf(op, groups, sums[index] ?? { sum: 0, of: 0 }, index))
  return { count: countOf(groups), measures, sums }
}

function measureOf(
  op: MeasureOp,
  groups: readonly Group[],
  { sum, of }: Group['sums'][number],
  index: number,
): number | null {
  if (op === 'count') return groups.reduce((total, group) => total + Number(group.measures[index] ?? 0), 0)
  if (of === 0) return null
  return op === 'avg' ? sum / of : sum
}

function withoutThinMeasures(group: Group, ops: readonly MeasureOp[]): Group {
  const measures = group.measures.map((value, index) => {
    const behind = ops[index] === 'count' ? Number(value ?? 0) : (group.sums[index]?.of ?? 0)
    return behind > 0 && behind < SMALLEST_GROUP ? null : value
  })
  return { ...group, measures }
}
