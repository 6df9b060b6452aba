import { MOST_ITEMS } from './list-query.ts'

/**
 * Groups of one record each show that record's values: of those, who may not export gets no more than a list would show him, or figures
 * would be the way to take everything out. Law: section 2, `export`.
 */
export function withoutBulk<One extends { readonly count: number }>(
  groups: readonly One[],
): { readonly kept: readonly One[]; readonly isCut: boolean } {
  let records = 0
  const kept = groups.filter(({ count }) => count > 1 || ++records <= MOST_ITEMS)
  return { kept, isCut: kept.length < groups.length }
}
