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

/** Sends one request over a socket of the file system, on a connection of its own. @throws what Node says of the connection */
export function send(socket: string, request: Request): Promise<Answer> {
  const { method, path, headers = {}, body, signal } = request
  return new Promise((resolve, reject) => {
    const lengthOfText = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    const options = { socketPath: socket, method, path, headers: { ...lengthOfText, ...headers }, agent: false, signal }
    const outgoing = open(options, (incoming) => resolve(answerOf(incoming)))
    outgoing.on('error', reject)
    if (typeof body !== 'function') outgoing.end(body)
    else pour(body(), outgoing, reject)
  })
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
