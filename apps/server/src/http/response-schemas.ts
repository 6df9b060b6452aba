import { PROBLEM_MEDIA_TYPE, ProblemSchema } from '@bailiwick/contract'
import type { FastifySchema, RouteOptions } from 'fastify'

const PROBLEM_RESPONSE = {
  description: 'What went wrong (RFC 9457).',
  content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemSchema } },
}

/**
 * Refuses a route that doesn't say what leaves it, at registration, so that such a server never starts; and
 * declares the problems that any route may answer with. Routes hidden from the description (the documentation's
 * own pages) are static and free of it.
 */
export function requireResponseSchemas(route: RouteOptions): void {
  const schema: FastifySchema = route.schema ?? {}
  if (schema.hide) return
  const response = responsesOf(schema)
  if (!Object.keys(response).some((status) => /^[23]/.test(status))) {
    throw new Error(`${String(route.method)} ${route.url} does not declare what leaves it (schema.response)`)
  }
  route.schema = { ...schema, response: { '4xx': PROBLEM_RESPONSE, '5xx': PROBLEM_RESPONSE, ...response } }
}

function responsesOf(schema: FastifySchema): Readonly<Record<string, unknown>> {
  return typeof schema.response === 'object' && schema.response !== null ? { ...schema.response } : {}
}
