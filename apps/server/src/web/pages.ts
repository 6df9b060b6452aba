import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, Routes } from '../http/app.ts'

/** Where `tools/set-up.mjs` puts the built web application. */
const BUILT = fileURLToPath(new URL('../../../web/dist', import.meta.url))
const SECONDS_A_YEAR = 31_536_000

/** First steps of addresses that belong to programs: an unknown one there is not a page. */
const OF_PROGRAMS = /^\/(?:api|access|\.well-known|assets|healthz|readyz|metrics)(?:\/|$)/

/**
 * The web application: its files, and its one page for every address that a person may open. The files are the same for everyone and
 * hold nothing of anybody; what a person sees comes over the interface. Where it isn't built, nothing is served.
 */
export function pageRoutes(folder: string = BUILT): Routes {
  return async (app) => {
    if (!existsSync(folder)) return
    // Read anew each time: a build beside the running server names other files in it.
    const page = () => readFile(path.join(folder, 'index.html'), 'utf8')
    await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, index: false })
    filesOf(app)
    app.get('/', { schema: { hide: true } }, async (_request, reply) => sendPage(reply, await page()))
    app.get('/*', { schema: { hide: true } }, async (request, reply) => {
      if (!isOfPerson(request)) return reply.callNotFound()
      return sendPage(reply, await page())
    })
  }
}

function filesOf(app: App): void {
  app.get('/assets/:file', { schema: { hide: true } }, (request, reply) => {
    // Its name tells its content.
    return reply.sendFile(`assets/${nameIn(request)}`, { maxAge: SECONDS_A_YEAR * 1_000, immutable: true })
  })
  for (const file of ['icon.svg', 'manifest.webmanifest', 'service-worker.js']) {
    app.get(`/${file}`, { schema: { hide: true } }, (_request, reply) => reply.sendFile(file, { maxAge: 0 }))
  }
}

function nameIn(request: FastifyRequest): string {
  const { file } = request.params as { readonly file: string }
  return path.basename(file)
}

/** A browser that asks for a page says so; what asks for anything else gets the answer of what isn't there. */
function isOfPerson(request: FastifyRequest): boolean {
  const [address = ''] = request.url.split('?')
  return !OF_PROGRAMS.test(address) && /\btext\/html\b/.test(request.headers.accept ?? '')
}

/** With a nonce of its own, so that the styles that the page makes are let in, and no others. */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .header('content-security-policy', pagePolicy(nonce))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(page.replace('</title>', `</title>\n    <meta name="style-nonce" content="${nonce}" />`))
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
