import { escapePointer, MAX_JSON_DEPTH } from '@bailiwick/contract'
import secureJson from 'secure-json-parse'
import { invalidInput, problem } from '../problem.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** How deep the brackets of a JSON text nest, brackets inside strings aside. Linear, and before anything is built. */
export function jsonDepth(text: string): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (code === 0x7d || code === 0x5d) depth--
  }
  return deepest
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

/**
 * Reads JSON that a caller sent (a body, or the text of a filter). Throws a 400 problem where it isn't JSON,
 * nests deeper than `MAX_JSON_DEPTH`, or tries to set a prototype; a 422 one where a text in it can't be stored
 * (the NUL character and lone surrogates, which PostgreSQL's text and jsonb don't take).
 */
export function parseJson(text: string): unknown {
  if (jsonDepth(text) > MAX_JSON_DEPTH) throw malformed(`nests deeper than ${MAX_JSON_DEPTH} levels`)
  const value = readJson(text)
  if (mayHoldUnstorableText(text)) requireStorable(value)
  return value
}

function readJson(text: string): unknown {
  try {
    return secureJson.parse(text, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw malformed("isn't JSON that can be read here")
  }
}

function malformed(what: string) {
  return problem(400, 'malformed-request', `The text ${what}.`)
}

/** Such characters can only come in as escapes: raw ones are no JSON, or were replaced when the bytes were decoded. */
function mayHoldUnstorableText(text: string): boolean {
  return /\\u(?:0000|d[89a-f])/i.test(text) || !text.isWellFormed()
}

/** Whether PostgreSQL can store the text. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function requireStorable(value: unknown): void {
  const errors = unstorable(value, '').map((path) => ({ path, message: 'holds a character that cannot be stored' }))
  if (errors.length > 0) throw invalidInput(errors)
}

function unstorable(value: unknown, path: string): string[] {
  if (typeof value === 'string') return isStorableText(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    isStorableText(key) ? unstorable(inner, `${path}/${escapePointer(key)}`) : [path],
  )
}
