import type { RecordItem } from '../../../lib/records.ts'

export type Changes = Readonly<Record<string, unknown>>

/** A field that the person and somebody else have both changed, to different values. */
export interface Clash {
  readonly field: string
  readonly was: unknown
  readonly yours: unknown
  readonly theirs: unknown
}

/**
 * What can't be put together by itself.
 * @param base the record as the person began from it
 * @param fresh as it is now
 */
export function clashesOf(base: RecordItem, fresh: RecordItem, changes: Changes): Clash[] {
  return Object.entries(changes)
    .filter(([field, yours]) => !same(base[field], fresh[field]) && !same(fresh[field], yours))
    .map(([field, yours]) => ({ field, was: base[field], yours, theirs: fresh[field] }))
}

/** Fields that differ, besides those that every change moves. */
export function changedFields(before: RecordItem, after: RecordItem): string[] {
  return Object.keys(after).filter((field) => !MOVES_ALWAYS.has(field) && !same(before[field], after[field]))
}

const MOVES_ALWAYS: ReadonlySet<string> = new Set(['version', 'updatedAt', 'updatedBy', 'access'])

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
