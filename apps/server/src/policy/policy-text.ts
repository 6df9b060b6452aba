import type { PolicyDocument, Problem } from '@bailiwick/access'
import { type JsonObstacle, obstacleToJson } from '@bailiwick/contract'
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

/**
 * Reads YAML or JSON into what `checkDocument` takes: a tree of what JSON knows. Problems of the text have the line and column in their
 * message, and no path.
 */
export function readPolicyText(text: string): ReadPolicyText {
  if (text.length > LONGEST_TEXT) return { problems: [tooLong()] }
  const parsed = parseDocument(text, { uniqueKeys: true, strict: true, prettyErrors: true, resolveKnownTags: false })
  const mistakes = [...parsed.errors, ...parsed.warnings]
  if (mistakes.length > 0) return { problems: mistakes.map(({ message }) => unreadable(message)) }
  const input = asBuilt(() => parsed.toJS({ maxAliasCount: MOST_ALIASES }))
  if (input instanceof Error) return { problems: [unreadable(input.message)] }
  const obstacle = obstacleToJson(input, LONGEST_TEXT)
  return obstacle === undefined ? { input } : { problems: [unlikeJson(obstacle)] }
}

/** What `toJS` built, or what it threw: of anchors that multiply, or that lead nowhere. */
function asBuilt(build: () => unknown): unknown {
  try {
    return build()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function unlikeJson({ path, what }: JsonObstacle): Problem {
  return { path, message: `It ${what}.`, cure: 'Write what JSON can say, too, without anchors.' }
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
