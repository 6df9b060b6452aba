import type { FastifySchema, RouteOptions } from 'fastify'
import Type from 'typebox'

const INTERFACE = '/api/v1/'
const NO_PARAMETERS = Type.Object({}, { additionalProperties: false })

/**
 * Has a route of the interface that declares no query take none: what a caller misspells, or hopes for, is then refused as it is by those
 * that declare one. Pages, probes and what other standards describe take what comes.
 */
export function refuseUnknownParameters(route: RouteOptions): void {
  const schema: FastifySchema = route.schema ?? {}
  if (!route.url.startsWith(INTERFACE) || schema.querystring) return
  route.schema = { ...schema, querystring: NO_PARAMETERS }
}
