import type { PolicyDocument, Problem } from '@bailiwick/access'
import { parseDocument, stringify } from 'yaml'

const LINE_WIDTH = 120
/** A document of ten thousand people is about two megabytes. */
export const LONGEST_TEXT = 32 * 1024 * 1024
/** How many times anchors may be repeated: enough for people, too little to fill the memory from a page of text. */
const MOST_ALIASES = 100

export type ReadPolicyText = { readonly input: unknown } | { readonly problems: readonly Problem[] }

/** The document as YAML; read back and applied, it changes nothing. */
export function writePolicyText(document: PolicyDocument): string {
  return stringify(document, { lineWidth: LINE_WIDTH, aliasDuplicateObjects: false })
}

/** Reads YAML or JSON into what `checkDocument` takes. Problems have the line and column in their message, and no path. */
export function readPolicyText(text: string): ReadPolicyText {
  if (text.length > LONGEST_TEXT) return { problems: [tooLong()] }
  const parsed = parseDocument(text, { uniqueKeys: true, strict: true, prettyErrors: true })
  if (parsed.errors.length > 0) return { problems: parsed.errors.map((error) => unreadable(error.message)) }
  try {
    return { input: parsed.toJS({ maxAliasCount: MOST_ALIASES }) }
  } catch (error) {
    return { problems: [unreadable(error instanceof Error ? error.message : String(error))] }
  }
}

function unreadable(reason: string): Problem {
  return { path: '', message: reason, cure: 'Write the document as YAML 1.2 or JSON.' }
}

function tooLong(): Problem {
  return {
    path: '',
    message: 'The document is longer than 32 MB.',
    cure: 'Leave out the sections that stay as they are.',
  }
}
