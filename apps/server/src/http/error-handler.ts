import { PROBLEM_MEDIA_TYPE } from '@bailiwick/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { DatabaseBusyError } from '../db/connection-pool.ts'
import { invalidInput, notFound, Problem, problem, problemBody, unavailable } from '../problem.ts'
import { inputErrors } from './validation-errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The status of a content type that the route doesn't take: 415, unless a specification asks for 400. */
    wrongContentType?: 400
  }
}

/** PostgreSQL's ways of saying "not now": lost, in each other's way, full, locked, or told to stop (SQLSTATE classes). */
const DATABASE_UNAVAILABLE = /^(?:08|40|53|55P03|57)/

/** Answers any failure as a problem. What isn't a `Problem` is told of without a word of its own message. */
export function handleError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): void {
  const failure = asProblem(error, request)
  // "Not now" passes, and is told to whoever asked; a fault doesn't.
  if (failure.status === 503) request.log.warn({ err: error }, failure.message)
  else if (failure.status >= 500) request.log.error({ err: error }, failure.message)
  void sendProblem(reply, failure)
}

/** Sends a problem: its status, its headers, its body and nothing else. */
export function sendProblem(reply: FastifyReply, failure: Problem): FastifyReply {
  return reply.code(failure.status).headers(failure.headers).type(PROBLEM_MEDIA_TYPE).send(problemBody(failure))
}

/** Nothing is served at this address: the same answer as for a record that can't be seen. */
export function handleNotFound(_request: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(reply, notFound())
}

function asProblem(error: FastifyError | Problem, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  if (error.validation && error.validationContext === 'params') return notFound()
  if (error.validation) return invalidInput(inputErrors(error.validation))
  return (
    knownFailure(error, request) ?? problem(500, 'internal-error', 'This is a fault of the server; it is in its log.')
  )
}

function knownFailure(error: FastifyError, request: FastifyRequest): Problem | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return wrongContentType(request)
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return problem(413, 'too-large', 'The body is larger than this address takes.')
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return notFound()
    case 'FST_ERR_HANDLER_TIMEOUT':
      return unavailable('The answer took too long.')
    default:
      return byStatus(error)
  }
}

function wrongContentType(request: FastifyRequest): Problem {
  if (request.routeOptions.config?.wrongContentType === 400) {
    return problem(400, 'malformed-request', 'The body must be application/json.')
  }
  return problem(415, 'unsupported-media-type', 'The body has a content type that this address does not take.')
}

function byStatus(error: FastifyError): Problem | undefined {
  if (isDatabaseAway(error)) return unavailable('The database does not answer now.')
  const status = error.statusCode ?? 500
  if (status === 503) return unavailable('The server has more to do than it can.')
  if (status === 413) return problem(413, 'too-large', 'The request is too large.')
  if (status === 404) return notFound()
  if (status >= 400 && status < 500) return problem(400, 'malformed-request', 'The request cannot be read.')
  return undefined
}

const CONNECTION_LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'])
const POOL_GAVE_UP = /timeout exceeded when trying to connect|Connection terminated|The database is closed/

function isDatabaseAway(error: FastifyError & { syscall?: string; severity?: string }): boolean {
  if (error instanceof DatabaseBusyError) return true
  if (error.severity !== undefined) return DATABASE_UNAVAILABLE.test(error.code)
  return (error.syscall === 'connect' && CONNECTION_LOST.has(error.code)) || POOL_GAVE_UP.test(error.message)
}
