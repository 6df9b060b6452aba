import type { FastifyError } from 'fastify'
import type { App } from '../http/app.ts'
import { inputErrors } from '../http/validation-errors.ts'
import { Problem, problem } from '../problem.ts'

/** AuthZEN knows one status for input that isn't as it should be: 400. What is wrong is told as everywhere. */
export function refuseBadRequests(app: App): void {
  app.setErrorHandler((error: FastifyError | Problem) => {
    throw asBadRequest(error)
  })
}

function asBadRequest(error: FastifyError | Problem): unknown {
  if (error instanceof Problem) {
    return error.status === 422 ? problem(400, 'malformed-request', error.message, error.errors) : error
  }
  if (!error.validation) return error
  const errors = inputErrors(error.validation)
  return problem(400, 'malformed-request', 'The request is not of the shape that AuthZEN 1.0 asks for.', errors)
}
