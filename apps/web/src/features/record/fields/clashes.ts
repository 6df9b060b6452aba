import type { RecordItem } from '../../../lib/records.ts'

export type Changes = Readonly<Record<string, unknown>>

/** What others changed while the person was at it, as a refused save tells it (412). */
export interface Meanwhile {
  readonly field: string
  readonly was: unknown
  readonly now: unknown
  /** Nobody in particular, where it is null. */
  readonly by: string | null
  readonly at: string
}

/** A field that the person and somebody else have both changed, to different values. */
export interface Clash {
  readonly field: string
  readonly yours: unknown
  readonly theirs: Meanwhile
}

/** What others changed, of a refused save's body. */
export function meanwhileIn(body: Readonly<Record<string, unknown>>): Meanwhile[] {
  return Array.isArray(body.changes) ? body.changes.filter(isMeanwhile) : []
}

function isMeanwhile(one: unknown): one is Meanwhile {
  return typeof one === 'object' && one !== null && 'field' in one && 'now' in one && 'by' in one && 'at' in one
}

/** What can't be put together by itself. */
export function clashesOf(meanwhile: readonly Meanwhile[], changes: Changes): Clash[] {
  return meanwhile
    .filter(({ field, now }) => Object.hasOwn(changes, field) && !same(now, changes[field]))
    .map((theirs) => ({ field: theirs.field, yours: changes[theirs.field], theirs }))
}

/** One list of two, the later of which goes before the earlier. */
export function together(earlier: readonly Meanwhile[], later: readonly Meanwhile[]): Meanwhile[] {
  const anew = new Set(later.map(({ field }) => field))
  return [...earlier.filter(({ field }) => !anew.has(field)), ...later]
}

/** The record as it is now: as it was seen, with what others changed since. */
export function withMeanwhile(seen: RecordItem, version: number, meanwhile: readonly Meanwhile[]): RecordItem {
  return { ...seen, ...Object.fromEntries(meanwhile.map(({ field, now }) => [field, now])), version }
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
