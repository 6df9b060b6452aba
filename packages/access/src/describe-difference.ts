import { canonicalText, isEmptyObject } from './canonical-document.ts'
import { childPath } from './checks/problem.ts'
import { isRecord } from './checks/shape.ts'
import type { PolicyDocument } from './document.ts'

/** One thing that two documents don't have alike. */
export interface Difference {
  /** JSON pointer into the document. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** What stands there before; not for what is added. */
  readonly before?: unknown
  /** What stands there after; not for what is removed. */
  readonly after?: unknown
}

/** Read as one: half a condition, or half a made-up record, says nothing. */
const INDIVISIBLE: ReadonlySet<string> = new Set(['when', 'record'])

/**
 * What changes between two checked documents, in the order of their paths. Neither the order of keys, nor that of lists that are
 * sets (actions, members, with, …), nor a section without entries makes a difference. What is added or removed is told once, at the
 * highest place: a new role is one difference, not one for each of its properties.
 */
export function describeDifference(from: PolicyDocument, to: PolicyDocument): Difference[] {
  const differences: Difference[] = []
  compareObjects(withoutEmptySections(from), withoutEmptySections(to), '', differences)
  return differences
}

type Part = { readonly [key: string]: unknown }

function withoutEmptySections(document: PolicyDocument): Part {
  return Object.fromEntries(Object.entries(document).filter(([, section]) => !isEmptyObject(section)))
}

function compareObjects(from: Part, to: Part, path: string, differences: Difference[]): void {
  for (const key of [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()) {
    compareParts(ownPart(from, key), ownPart(to, key), key, childPath(path, key), differences)
  }
}

function ownPart(object: Part, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function compareParts(before: unknown, after: unknown, key: string, path: string, differences: Difference[]): void {
  // Sections that a document leaves alone are the very same objects.
  if (before === after) return
  if (before === undefined) differences.push({ path, kind: 'added', after })
  else if (after === undefined) differences.push({ path, kind: 'removed', before })
  else if (isRecord(before) && isRecord(after) && !INDIVISIBLE.has(key))
    compareObjects(before, after, path, differences)
  else if (canonicalText(before, key) !== canonicalText(after, key))
    differences.push({ path, kind: 'changed', before, after })
}
