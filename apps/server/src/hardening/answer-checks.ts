import { PROBLEM_MEDIA_TYPE, PROBLEM_TYPES, problemUri } from '@bailiwick/contract'
import type { LightMyRequestResponse } from 'fastify'
import type { TSchema } from 'typebox'
import Value from 'typebox/value'
import type { DescribedRoute, Schema } from './described-routes.ts'
import type { HostileRequest } from './hostile-requests.ts'
import type { Person } from './siege.ts'
import { CANARIES } from './siege-records.ts'

/** Words that only the inside of the program uses: tables, columns, files, what PostgreSQL says, the frames of a stack. */
const INSIDE =
  /\bf_[a-z]\w+|\b[rw]_(?:things|accounts)\b|\borg_(?:nordwind|sudwind)\b|node_modules|\.ts:\d+|^ {4}at |syntax error at|violates [a-z-]+ constraint|relation "|column "[^"]*" |SQLSTATE|invalid input syntax|FST_ERR|ERR_[A-Z_]+|TypeError|RangeError|Cannot read prop|is not a function|postgres/im

const EVERYTHING = Object.values(CANARIES)
const { secret, iban, confidential, deleted, vault, south, hidden } = CANARIES
const UNSEEN: Readonly<Record<Person, readonly string[]>> = {
  admin: [south],
  anna: EVERYTHING,
  page: EVERYTHING,
  omar: [secret, iban, confidential, deleted, vault, south, 'cnryshade'],
  nils: [...EVERYTHING, 'cnryshade'],
  stranger: [secret, iban, confidential, deleted, vault, hidden],
  nobody: EVERYTHING,
}

/** Everything that is wrong with an answer, whatever was asked. */
export function wrongWithAnswer(
  route: DescribedRoute,
  { person, body }: HostileRequest,
  answer: LightMyRequestResponse,
): string[] {
  // What somebody sends himself may come back to him.
  const sent = body?.content.toString().toLowerCase() ?? ''
  const unseen = UNSEEN[person].filter((canary) => !sent.includes(canary))
  return [...wrongStatus(answer), ...wrongShape(route, answer), ...wrongWords(route, unseen, answer)]
}

function wrongStatus({ statusCode }: LightMyRequestResponse): string[] {
  return statusCode >= 500 ? [`answers ${statusCode}`] : []
}

function wrongShape(route: DescribedRoute, answer: LightMyRequestResponse): string[] {
  return answer.statusCode >= 400 ? wrongProblem(answer) : wrongSuccess(route, answer)
}

const MEMBERS = ['type', 'title', 'status', 'detail', 'errors', 'version', 'changes']

/** An error must be a problem of the catalogue, and no more than that. */
export function wrongProblem(answer: LightMyRequestResponse): string[] {
  const type = String(answer.headers['content-type'])
  if (!type.startsWith(PROBLEM_MEDIA_TYPE)) return [`${answer.statusCode} is ${type}`]
  const body: unknown = parse(answer.payload)
  if (typeof body !== 'object' || body === null) return [`${answer.statusCode} is no object`]
  const problem = body as Readonly<Record<string, unknown>>
  const [, known] =
    Object.entries(PROBLEM_TYPES).find(([name]) => problemUri(name as keyof typeof PROBLEM_TYPES) === problem.type) ??
    []
  const isOfCatalogue =
    known?.status === answer.statusCode && problem.status === answer.statusCode && known.title === problem.title
  return [
    ...(isOfCatalogue ? [] : [`${answer.statusCode} is not of the catalogue`]),
    ...Object.keys(problem)
      .filter((key) => !MEMBERS.includes(key))
      .map((key) => `a problem has the member ${key}`),
    ...(typeof problem.detail === 'string' && problem.detail !== '' ? [] : ['a problem has no detail']),
    ...(areErrors(problem.errors) ? [] : ['the errors of a problem are not of the shape']),
    ...(answer.statusCode === 429 && answer.headers['retry-after'] === undefined ? ['429 without Retry-After'] : []),
  ]
}

function areErrors(errors: unknown): boolean {
  if (errors === undefined) return true
  return (
    Array.isArray(errors) &&
    errors.every(
      (one) =>
        Object.keys(one).sort().join() === 'message,path' &&
        typeof one.path === 'string' &&
        typeof one.message === 'string',
    )
  )
}

function wrongSuccess({ responses }: DescribedRoute, answer: LightMyRequestResponse): string[] {
  const declared = responses[String(answer.statusCode)]
  if (!declared) return [`${answer.statusCode} is not declared`]
  const [type = ''] = String(answer.headers['content-type'] ?? '').split(';')
  const content = declared.content?.[type]
  if (!declared.content) return answer.payload === '' ? [] : [`${answer.statusCode} has a body`]
  if (!content)
    return type === 'text/plain' && declared.content['application/json']
      ? []
      : [`${answer.statusCode} of ${type} is not declared`]
  if (type !== 'application/json' || !content.schema) return []
  const body = parse(answer.payload)
  if (body === undefined) return [`${answer.statusCode} is no JSON`]
  const errors = Value.Errors(closed(content.schema) as TSchema, body)
  return errors
    .slice(0, 3)
    .map(
      ({ instancePath, message }) =>
        `${answer.statusCode} is not as declared: ${instancePath.replace(/\d+/g, '#')} ${message}`,
    )
}

/** The schema, taken at its word: what an object doesn't declare isn't there. */
function closed(schema: Schema): Schema {
  const { properties, items, anyOf, ...rest } = schema
  return {
    ...rest,
    ...(anyOf && { anyOf: anyOf.map(closed) }),
    ...(items && { items: closed(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, closed(one)])),
      additionalProperties: schema.additionalProperties ?? false,
    }),
  }
}

function wrongWords({ path }: DescribedRoute, unseen: readonly string[], answer: LightMyRequestResponse): string[] {
  const text = `${JSON.stringify(answer.headers)}
${answer.payload}`
  const inside = path === '/metrics' ? null : INSIDE.exec(text)
  const seen = unseen.filter((canary) => text.toLowerCase().includes(canary))
  return [...(inside ? [`tells of the inside: ${inside[0]}`] : []), ...seen.map((canary) => `shows ${canary}`)]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
