import { SECTIONS } from './checks/loose.ts'
import type { PolicyDocument } from './document.ts'

/** The document with every section present: an absent one would be left as it is, and not taken back. */
export function wholeDocument(document: PolicyDocument): PolicyDocument {
  const sections = SECTIONS.map((section) => [section, document[section] ?? {}])
  return { bailiwick: 1, ...Object.fromEntries(sections) }
}
