import { randomBytes } from 'node:crypto'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from './app.ts'

const DOCUMENT = '/api/openapi.json'
const PAGE = '/api/docs'

/** Must be registered before the routes that it describes. */
export function describeRoutes(app: App, publicUrl: string | undefined): void {
  app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Bailiwick',
        version: '1',
        description: 'Customers, deals and tickets, each seen by whom they concern.',
      },
      ...(publicUrl && { servers: [{ url: publicUrl }] }),
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key: one user of one organization.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'bailiwick.session_token',
            description: 'Unsafe requests with it need the header X-Bailiwick-Request, with any value.',
          },
        },
      },
    },
  })
}

/** The description as a document and as a page to read. */
export function serveDescription(app: App): void {
  app.get(DOCUMENT, { schema: { hide: true, response: { 200: Type.Unknown() } } }, () => app.swagger())
  app.register(documentationPage)
}

/**
 * The page's own script configures it inline. It is the same for everyone and holds nothing a caller sent, so one
 * nonce for the life of the process does.
 */
async function documentationPage(app: App): Promise<void> {
  const nonce = randomBytes(16).toString('base64')
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', pagePolicy(nonce))
  })
  let page: Promise<FastifyInstance> | undefined
  const answer = async ({ url }: FastifyRequest, reply: FastifyReply) => {
    page ??= openPage(nonce).catch((error) => {
      page = undefined
      throw error
    })
    const { statusCode, headers, rawPayload } = await (await page).inject({ method: 'GET', url })
    if (statusCode === 404) return reply.callNotFound()
    for (const name of KEPT_HEADERS) if (headers[name] !== undefined) reply.header(name, headers[name])
    return reply.code(statusCode).send(rawPayload)
  }
  for (const url of [PAGE, `${PAGE}/*`]) app.get(url, { schema: { hide: true } }, answer)
  app.addHook('onClose', async () => (await page)?.close())
}

const KEPT_HEADERS = ['content-type', 'location', 'cache-control'] as const

/** Put together when somebody first asks for it: a server's start is not kept waiting for what few read. */
async function openPage(nonce: string): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const page = Fastify()
  await page.register(scalar, {
    routePrefix: PAGE,
    configuration: { url: DOCUMENT, nonce, withDefaultFonts: false, telemetry: false, hideClientButton: true },
  })
  return page
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
