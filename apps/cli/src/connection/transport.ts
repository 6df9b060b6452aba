import { type IncomingHttpHeaders, type IncomingMessage, request as open } from 'node:http'
import type { Readable } from 'node:stream'

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With the query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text, or what opens a stream: anew each time that the request has to be sent again. */
  readonly body?: string | (() => Readable)
  /** Gives up waiting; what the server does meanwhile is its own affair. */
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Readable
}

/** The connection ended before the request was looked at, or the request changes nothing: it can be sent again. */
export class SendAgain extends Error {}

/**
 * Sends one request over a socket of the file system, on a connection of its own. What changes something is sent once the server said
 * that it looks at it (RFC 9110, 10.1.1): one that is about to leave may drop a connection unread.
 * @throws {SendAgain}, else what Node says of the connection
 */
export function send(socket: string, request: Request): Promise<Answer> {
  const { method, path, body, signal } = request
  const changes = method !== 'GET'
  return new Promise((resolve, reject) => {
    const options = { socketPath: socket, method, path, headers: headersOf(request, changes), agent: false, signal }
    const outgoing = open(options, (incoming) => resolve(answerOf(incoming)))
    let isLookedAt = false
    outgoing.on('error', (error) => reject(!isLookedAt && isDropped(error) ? new SendAgain() : error))
    const sendBody = () => {
      isLookedAt = changes
      if (typeof body !== 'function') outgoing.end(body)
      else pour(body(), outgoing, reject)
    }
    if (changes) outgoing.once('continue', sendBody).flushHeaders()
    else sendBody()
  })
}

function headersOf({ body, headers }: Request, changes: boolean): Readonly<Record<string, string>> {
  return {
    ...(typeof body === 'string' && { 'content-length': String(Buffer.byteLength(body)) }),
    ...(changes && body === undefined && { 'content-length': '0' }),
    ...(changes && { expect: '100-continue' }),
    ...headers,
  }
}

function isDropped(error: Error & { code?: string }): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE'
}

function answerOf(incoming: IncomingMessage): Answer {
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming }
}

function pour(from: Readable, outgoing: ReturnType<typeof open>, reject: (error: unknown) => void): void {
  from.on('error', (error) => {
    outgoing.destroy()
    reject(error)
  })
  outgoing.on('close', () => from.destroy())
  from.pipe(outgoing)
}

export async function readText(stream: Readable): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part)))
  return Buffer.concat(parts).toString('utf8')
}
