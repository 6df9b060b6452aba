import { createHash } from 'node:crypto'
import { DEFAULT_RESULTS, MOST_RESULTS, type SearchPage } from '@bailiwick/contract'
import { problem } from '../problem.ts'

/** Which part of a search's results is asked for. */
export interface PageAsked {
  readonly limit: number
  /** The last result before it; unstated on the first page. */
  readonly after?: string
  /** What the search asks, so that a token of another search is none of this one. */
  readonly search: string
}

export interface Page<Result> {
  readonly results: readonly Result[]
  readonly page: { readonly next_token: string; readonly count: number }
}

/**
 * @param asked what the search is about; whatever of the request changes its results
 * @param isPosition whether a text can be the name of a result
 * @throws Problem 400 for a token that this search can't have given
 */
export function readPage(
  page: SearchPage | undefined,
  asked: readonly unknown[],
  isPosition: (text: string) => boolean,
): PageAsked {
  const search = createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 16)
  const limit = Math.min(page?.limit ?? DEFAULT_RESULTS, MOST_RESULTS)
  if (page?.token === undefined || page.token === '') return { limit, search }
  const after = positionIn(page.token, search)
  if (after === undefined || (after !== null && !isPosition(after))) throw badToken()
  return { limit, search, ...(after !== null && { after }) }
}

function badToken() {
  const errors = [{ path: '/page/token', message: 'is not a token of this search' }]
  return problem(400, 'malformed-request', 'The page token is none that this search gave.', errors)
}

const LONGEST_TOKEN = 1_000

/** Null is the position before the first result. */
function positionIn(token: string, search: string): string | null | undefined {
  if (token.length > LONGEST_TOKEN) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    if (!Array.isArray(value) || value.length !== 2 || value[0] !== search) return undefined
    return value[1] === null || typeof value[1] === 'string' ? value[1] : undefined
  } catch {
    return undefined
  }
}

/** @param found the results from the page's start, one more than its limit where there are as many */
export function pageOf<Result>(
  { limit, after, search }: PageAsked,
  found: readonly string[],
  present: (position: string) => Result,
): Page<Result> {
  const shown = found.slice(0, limit)
  const last = shown.at(-1) ?? after ?? null
  const next = found.length > limit ? Buffer.from(JSON.stringify([search, last])).toString('base64url') : ''
  return { results: shown.map(present), page: { next_token: next, count: shown.length } }
}
