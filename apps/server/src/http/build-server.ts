import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { PROBLEM_MEDIA_TYPE } from '@bailiwick/contract'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { problem, problemBody } from '../problem.ts'
import type { App, Routes } from './app.ts'
import { continueOnceLetIn } from './continue.ts'
import { describeRoutes, serveDescription } from './description.ts'
import { refuseWhileClosing } from './draining.ts'
import { handleError, handleNotFound } from './error-handler.ts'
import { readInput } from './input.ts'
import { protect, type RateLimits } from './protection.ts'
import { requireResponseSchemas } from './response-schemas.ts'
import { serializeByNeed } from './serializers.ts'
import { refuseUnknownParameters } from './unknown-parameters.ts'
import { compileValidator } from './validation.ts'

const MIB = 1024 * 1024

/** Rooms that are entered the same way: the hooks hold for each of their routes and for nothing else. */
export interface Surface {
  /** Adds the hooks that let a request in (who asks, anti-forgery, idempotency). */
  readonly enter?: (app: App) => void
  readonly rooms: readonly Routes[]
}

export interface ServerParts {
  readonly log: FastifyBaseLogger
  readonly surfaces: readonly Surface[]
  /** Absent on the operator's socket, which needs neither limits nor a description. */
  readonly network?: NetworkParts
}

export interface NetworkParts {
  readonly limits: RateLimits
  /** Whose word on the caller's address is taken; false: nobody's, the connection's own address counts. */
  readonly trustProxy: boolean | string
  readonly publicUrl?: string
  /** Adds what watches every answer, for metrics. */
  readonly observe?: (app: App) => void
}

/** The application apart from listening: every route of the given surfaces, and one way to fail for all of them. */
export function buildServer(parts: ServerParts): App {
  const app = createApp(parts)
  app.setValidatorCompiler(compileValidator)
  app.setErrorHandler(handleError)
  app.setNotFoundHandler(handleNotFound)
  app.decorateRequest('actor', null)
  app.addHook('onRoute', requireResponseSchemas)
  app.addHook('onRoute', refuseUnknownParameters)
  answerForNode(app)
  refuseWhileClosing(app)
  continueOnceLetIn(app)
  logResponses(app)
  readInput(app)
  parts.network?.observe?.(app)
  if (parts.network) protect(app, parts.network.limits, parts.network.publicUrl)
  if (parts.network) describeRoutes(app, parts.network.publicUrl)
  for (const surface of parts.surfaces) app.register(async (scope: App) => openSurface(scope, surface))
  if (parts.network) app.register(async (scope: App) => serveDescription(scope))
  return app
}

function createApp({ log, network }: ServerParts): App {
  return Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // Where none are given here, the framework loads its own.
    schemaController: {
      compilersFactory: { buildValidator: () => refuseToCompile, buildSerializer: () => serializeByNeed },
    },
    trustProxy: network?.trustProxy ?? false,
    bodyLimit: MIB,
    requestTimeout: 5 * 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false, // in our own shape instead: see draining.ts
    routerOptions: { maxParamLength: 300 },
    http: { requireHostHeader: false }, // refused in our own shape instead: see answerForNode
    frameworkErrors: (error, request, reply) => handleError(error, request as FastifyRequest, reply as FastifyReply),
    clientErrorHandler: refuseUnreadable,
  }).withTypeProvider<TypeBoxTypeProvider>()
}

function refuseToCompile(): never {
  throw new Error('Input is checked by the compiler that the server is given once it is made.')
}

/** Two things that Node would answer by itself, with a bare status: no host (RFC 9112, 3.2), and an expectation, which may be ignored. */
function answerForNode(app: App): void {
  app.server.on('checkExpectation', (request, response) => app.routing(request, response))
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const isNameless = raw.httpVersion === '1.1' && raw.headers.host === undefined
    done(isNameless ? problem(400, 'malformed-request', 'The request names no host.') : undefined)
  })
}

async function openSurface(scope: App, surface: Surface): Promise<void> {
  surface.enter?.(scope)
  for (const room of surface.rooms) await scope.register(async (inner: App) => room(inner))
}

function logResponses(app: App): void {
  app.addHook('onResponse', (request, reply, done) => {
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.info({ req: request, status: reply.statusCode, ms }, 'answered')
    done()
  })
}

/** What can't even be read as HTTP gets a problem too, on a connection that is then closed. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const failure =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? problem(431, 'headers-too-large', 'The headers are larger than this server takes.')
      : problem(400, 'malformed-request', 'This is not an HTTP request that can be read.')
  const body = JSON.stringify(problemBody(failure))
  const head = `HTTP/1.1 ${failure.status} ${STATUS_TEXT[failure.status]}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\n`
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
}

const STATUS_TEXT: Readonly<Record<number, string>> = { 400: 'Bad Request', 431: 'Request Header Fields Too Large' }
