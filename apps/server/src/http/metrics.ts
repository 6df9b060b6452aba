import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import Type from 'typebox'
import { notFound } from '../problem.ts'
import type { App, Routes } from './app.ts'

export interface Metrics {
  /** Adds a time per answered request, by route (never by address: those hold ids). */
  readonly observe: (app: App) => void
  readonly routes: Routes
}

export interface MetricsParts {
  /** Asked of who reads them from another machine; absent: only this one may. */
  readonly token: string | undefined
  countConnections(): number
}

/** Prometheus metrics of this process, in a registry of its own, so that two servers in one process don't mix. */
export function createMetrics(parts: MetricsParts): Metrics {
  const registers = [new Registry()] as const
  const [registry] = registers
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'bailiwick_http_request_duration_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [...registers],
  })
  new Gauge({
    name: 'bailiwick_database_connections',
    help: 'Connections to the database that are open.',
    registers: [...registers],
    collect() {
      this.set(parts.countConnections())
    },
  })
  return { observe: (app) => observe(app, durations), routes: (app) => metricsRoute(app, registry, parts.token) }
}

function observe(app: App, durations: Histogram<'method' | 'route' | 'status'>): void {
  const known = new Map<string, { observe(seconds: number): void }>()
  app.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }, done) => {
    const route = routeOptions.url ?? 'none'
    const name = `${method} ${statusCode} ${route}`
    const duration = known.get(name) ?? durations.labels({ method, route, status: String(statusCode) })
    known.set(name, duration)
    duration.observe(elapsedTime / 1000)
    done()
  })
}

function metricsRoute(app: App, registry: Registry, token: string | undefined): void {
  const schema = { tags: ['running'], summary: 'Prometheus metrics', response: { 200: Type.String() } }
  app.get('/metrics', { schema }, async (request, reply) => {
    if (!mayRead(request, token)) throw notFound()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** From this machine, or with the token: the connection's own address counts, whatever a proxy says. */
function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token !== undefined && given !== undefined) return isSameText(given, token)
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return !isForwarded && isLoopback(request.socket.remoteAddress ?? '')
}

/** Behind a proxy on the same machine everyone comes from here; what such a proxy passes on isn't from this machine. */
function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}

function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
