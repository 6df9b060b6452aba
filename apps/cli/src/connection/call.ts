import { PROBLEM_MEDIA_TYPE, ProblemSchema } from '@bailiwick/contract'
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { Context } from '../context.ts'
import { Failure, type FailureDetail, interrupted } from '../failure.ts'
import { type Answer, type Request, readText } from './transport.ts'

/** Whom the operator acts for: himself where no person is named. */
export interface Acting {
  readonly organization: string
  readonly as?: string
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>

export interface Call {
  readonly method: Request['method']
  readonly path: string
  readonly query?: Query
  readonly acting?: Acting
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: Request['body']
  /** It changes something that can't be taken back half-way: Ctrl-C waits for its answer. */
  readonly finishes?: boolean
  /** Data may be made for it where there is none yet. */
  readonly makesData?: boolean
}

/** Asks, and answers with what came, checked. @throws {Failure} where the server refuses */
export async function call<Schema extends TSchema>(
  context: Context,
  schema: Schema,
  question: Call,
): Promise<Static<Schema>> {
  const answer = await request(context, question)
  const value: unknown = JSON.parse(await readText(answer.body))
  if (!Check(schema, value)) throw otherVersion(question)
  return value
}

/** Asks, and hands on the answer as it comes in. @throws {Failure} where the server refuses */
export async function request({ connection, signal }: Context, question: Call): Promise<Answer> {
  if (signal.aborted && !question.finishes) throw interrupted()
  const { method, path, query = {}, json, makesData } = question
  const body = json === undefined ? question.body : JSON.stringify(json)
  const sent = { method, path: path + queryText(query), headers: headersOf(question), body }
  const answer = await connection.send({ ...sent, ...(question.finishes ? {} : { signal }) }, { makesData })
  if (answer.status >= 400) throw await refusalOf(answer)
  return answer
}

function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function headersOf({ acting, headers, json }: Call): Record<string, string> {
  return {
    ...(acting && { 'bailiwick-act': `${acting.organization}/${acting.as ?? 'operator'}` }),
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  }
}

async function refusalOf({ status, headers, body }: Answer): Promise<Failure> {
  const text = await readText(body)
  const problem = headers['content-type']?.startsWith(PROBLEM_MEDIA_TYPE) ? asJson(text) : undefined
  if (!Check(ProblemSchema, problem)) return new Failure(`The server answered ${status}, without a word why.`)
  return new Failure(problem.detail, { problem, details: detailsOf(problem.errors) })
}

function detailsOf(errors: readonly FailureDetail[] = []): FailureDetail[] {
  return errors.map(({ path, message }) => ({ path, message }))
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function otherVersion({ method, path }: Call): Failure {
  return new Failure(`${method} ${path} was answered in a form unknown here: is the server of another version?`)
}
