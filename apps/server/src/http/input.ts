import { escapePointer } from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import { invalidInput, notFound, type Problem, problem } from '../problem.ts'
import type { App } from './app.ts'
import { isStorableText, parseJson } from './json-text.ts'

/** Reads bodies: JSON alone, in UTF-8; a room that takes files adds its own parser. */
export function readInput(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    parseBody(body),
  )
  app.addHook('preValidation', (request, _reply, done) => {
    done(areStorable(request.params) ? unstorableQuery(request.query) : notFound())
  })
}

/** An empty body is no body: some clients name a content type on a request that has none. */
function parseBody(body: Buffer): unknown {
  return body.length === 0 ? undefined : parseJson(decodeUtf8(body))
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw problem(400, 'malformed-request', 'The body is not UTF-8.')
  }
}

function areStorable(values: unknown): boolean {
  return entriesOf(values).every(([name, value]) => isStorableText(name) && isStorable(value))
}

function unstorableQuery(query: unknown): Problem | undefined {
  if (areStorable(query)) return undefined
  const errors = entriesOf(query)
    .filter(([name, value]) => !isStorableText(name) || !isStorable(value))
    .map(([name]) => ({ path: `/${escapePointer(name)}`, message: 'holds a character that cannot be stored' }))
  return errors.length > 0 ? invalidInput(errors) : undefined
}

function entriesOf(values: unknown): [string, unknown][] {
  return typeof values === 'object' && values !== null ? Object.entries(values) : []
}

function isStorable(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isStorable) : typeof value !== 'string' || isStorableText(value)
}
