import type { PolicyDocument } from './document.ts'

/** Lists whose order means nothing: what is in them counts. Anything else keeps its order (options, windows, conditions). */
const SETS: ReadonlySet<string> = new Set([
  'actions',
  'can',
  'cannot',
  'days',
  'except',
  'for',
  'leaders',
  'members',
  'networks',
  'ownedBy',
  'profiles',
  'system',
  'with',
])

/**
 * The document written the one way that all equal documents share: keys in order, lists that are sets sorted and without
 * repetition, sections without entries left out. Equal documents give the same text by `JSON.stringify`.
 */
export function canonicalDocument(document: PolicyDocument): PolicyDocument {
  const sections = Object.entries(document).filter(([, section]) => !isEmptyObject(section))
  return canonical(Object.fromEntries(sections), '') as PolicyDocument
}

/** The text of a part of the document, the same for equal parts. `key` is what the part is called where it stands. */
export function canonicalText(value: unknown, key: string): string {
  return JSON.stringify(canonical(value, key)) ?? ''
}

function canonical(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return SETS.has(key) ? sortedSet(value) : value.map((one: unknown) => canonical(one, ''))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, part]) => [name, canonical(part, name)]))
}

function sortedSet(values: readonly unknown[]): unknown[] {
  const byText = new Map(values.map((value) => [canonicalText(value, ''), canonical(value, '')]))
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}

export function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
}
