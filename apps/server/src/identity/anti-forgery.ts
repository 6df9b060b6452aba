import type { FastifyRequest } from 'fastify'
import { problem } from '../problem.ts'

/** A page of another origin can't send it without asking first (CORS preflight), and no such question is ever answered with yes. */
export const ANTI_FORGERY_HEADER = 'x-bailiwick-request'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * For unsafe requests that a cookie speaks for: the page that sent it must be ours (as the browser says by `Sec-Fetch-Site` and
 * `Origin`), and it must carry the header above, whatever its value. Keys need none of this: no browser adds them by itself.
 * @throws Problem 403
 */
export function requireOwnPage(request: FastifyRequest, publicUrl: string | undefined): void {
  if (SAFE_METHODS.has(request.method)) return
  requireOwnOrigin(request, publicUrl)
  if (request.headers[ANTI_FORGERY_HEADER] === undefined) {
    throw problem(403, 'forgery-suspected', `Requests with a session cookie need the header ${ANTI_FORGERY_HEADER}.`)
  }
}

/** What a browser says of where the request comes from must be here; programs that aren't browsers say nothing. @throws Problem 403 */
export function requireOwnOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (isForeignSite || (origin !== undefined && !isOwn(origin, request, publicUrl))) {
    throw problem(403, 'forgery-suspected', 'The request comes from a page of another site.')
  }
}

/** Under the scheme of the origin, so that a host named with its usual port is the same as without. */
function isOwn(origin: string, request: FastifyRequest, publicUrl: string | undefined): boolean {
  const asking = URL.parse(origin)
  if (!asking) return false
  const asked = URL.parse(`${asking.protocol}//${request.headers.host}`)
  return asking.origin === asked?.origin || (publicUrl !== undefined && asking.origin === new URL(publicUrl).origin)
}
