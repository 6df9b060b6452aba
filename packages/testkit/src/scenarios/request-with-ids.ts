import type { RecordKey, RequestQuestion } from './scenario.ts'

/** An id of the right form that no record has. */
export const MISSING_ID = '01900000-0000-7000-8000-ffffffffffff'

/** A request as it goes over the wire: the query written out, and ids in place of `{key}` in path, query and body. */
export interface FilledRequest {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: unknown
}

/** @param idOf the id that the layer gave to the record of a key */
export function requestWithIds(question: RequestQuestion, idOf: (key: RecordKey) => string): FilledRequest {
  const fill = (text: string) =>
    text.replace(/\{([A-Za-z][\w-]*)\}/g, (_, key: string) => (key === 'missing' ? MISSING_ID : idOf(key)))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(question.query)) query.set(name, fill(value))
  const url = fill(question.path) + (query.size === 0 ? '' : `?${query}`)
  const { method, headers } = question
  return question.body === undefined
    ? { method, url, headers }
    : { method, url, headers, body: filled(question.body, fill) }
}

function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value)
  if (Array.isArray(value)) return value.map((item) => filled(item, fill))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, fill)]))
}
