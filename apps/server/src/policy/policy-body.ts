import { YAML_MEDIA_TYPES } from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import type { App } from '../http/app.ts'
import { parseJson } from '../http/json-text.ts'
import { invalidInput, problem } from '../problem.ts'
import { LONGEST_TEXT, readPolicyText } from './policy-text.ts'

/** How large a document may be that comes in over HTTP, in bytes: as long as `readPolicyText` takes. */
export const LARGEST_POLICY = LONGEST_TEXT

/** Lets the room's routes take a document as YAML, too. */
export function readYaml(app: App): void {
  app.addContentTypeParser(
    [...YAML_MEDIA_TYPES],
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => (body.length === 0 ? undefined : parseYaml(decode(body))),
  )
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw problem(400, 'malformed-request', 'The body is not UTF-8.')
  }
}

/**
 * @returns what the same document written as JSON would have given: by way of it, so that the bounds on depth and on texts that can't
 * be stored are the same for both.
 */
function parseYaml(text: string): unknown {
  const read = readPolicyText(text)
  if ('problems' in read) {
    throw invalidInput(read.problems.map(({ path, message, cure }) => ({ path, message: `${message} ${cure}` })))
  }
  return read.input === undefined ? undefined : parseJson(JSON.stringify(read.input))
}
