import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyRequest } from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'
import { problem, unavailable } from '../problem.ts'
import type { App } from './app.ts'

/**
 * A process so far behind that waiting is worse than being told. Generous: an import, or a policy of thousands of
 * people being compiled, holds the loop for some hundreds of milliseconds on a small machine.
 */
const MAX_EVENT_LOOP_DELAY_MS = 4_000
/** The delay is the mean over this long: one long step (a plan, a large document) in an otherwise idle process is no reason to shed. */
const PRESSURE_OVER_MS = 10_000

const SECONDS = 1_000

export interface RateLimits {
  /** Requests a minute from one address. */
  readonly perAddress: number
  /** Sign-in attempts a minute from one address. */
  readonly signInsPerAddress: number
  /** Failed sign-ins for one e-mail address in a quarter of an hour. */
  readonly failedSignInsPerEmail: number
}

export const DEFAULT_RATE_LIMITS: RateLimits = {
  perAddress: 120_000,
  signInsPerAddress: 300,
  failedSignInsPerEmail: 10,
}

/** Headers, rate limits and the shedding of load, for everything that is reached over the network. */
export function protect(app: App, limits: RateLimits, publicUrl: string | undefined): void {
  const strictTransportSecurity = publicUrl?.startsWith('https:') ?? false
  const ofPages = securityHeaders({ ...BOTH, ...PAGES, strictTransportSecurity })
  const ofData = securityHeaders({ ...BOTH, ...DATA, strictTransportSecurity })
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(isOfInterface(request) ? ofData : ofPages)
    done()
  })
  app.register(rateLimit, { ...RATE_LIMIT, max: limits.perAddress })
  app.register(underPressure, {
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    sampleInterval: PRESSURE_OVER_MS,
    pressureHandler: shedLoad,
  })
}

/** What helmet sets, which is the same for every answer: made out once, and not for each of thousands a second. */
function securityHeaders(options: HelmetOptions): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  helmet(options)(response.req, response, (error) => {
    if (error) throw error
    for (const [name, value] of Object.entries(response.getHeaders())) headers[name] = String(value)
  })
  return headers
}

const BOTH = { frameguard: { action: 'deny' } } as const

const PAGES = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
}

/** What is no page needs nothing that tells a browser how to treat one: it must only not be taken for one, nor put into another's. */
const DATA = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const

/** Whether the interface's description names the route: everything else may be a page. */
function isOfInterface({ routeOptions: { schema } }: FastifyRequest): boolean {
  return schema !== undefined && schema.hide !== true
}

const RATE_LIMIT = {
  global: true,
  timeWindow: 60 * SECONDS,
  // Who is within his limit isn't told on each answer how far.
  addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) => tooManyRequests(ttl),
}

/** A load balancer's questions must be answered however busy the address is. */
function isProbe(request: FastifyRequest): boolean {
  return request.url === '/healthz' || request.url === '/readyz'
}

/** 429 with the time to come back. @param waitMs how long until the next attempt counts */
export function tooManyRequests(waitMs: number) {
  const seconds = String(Math.max(1, Math.ceil(waitMs / SECONDS)))
  return problem(429, 'too-many-requests', 'Too many requests; come back later.', undefined, { 'retry-after': seconds })
}

function shedLoad(request: FastifyRequest): void {
  if (!isProbe(request)) throw unavailable('The server has more to do than it can.')
}
