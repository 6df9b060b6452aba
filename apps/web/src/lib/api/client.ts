import createClient, { type Middleware } from 'openapi-fetch'
import { problemFrom, Unreachable } from './problem.ts'
import type { paths } from './schema.d.ts'
import { waitForSession } from './session-gate.ts'

const SAFE = new Set(['GET', 'HEAD'])
/** Asked before anybody is signed in: a 401 there is an answer. */
const OPEN = '/api/auth/'

const asOwnPage: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set('x-bailiwick-request', '1')
    if (request.method === 'POST' && !request.url.includes(OPEN) && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID())
    }
    return request
  },
}

/** The interface, typed by its own description. Every request of the page goes through here. */
export const api = createClient<paths>({ baseUrl: '', fetch: send })
api.use(asOwnPage)

/** Sends a request of the page; where the session has ended, waits for a new one and sends it again. */
export async function send(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await reach(request)
  if (response.status !== 401 || new URL(request.url).pathname.startsWith(OPEN)) return response
  return (await waitForSession()) ? send(again) : response
}

/** For what the description's types don't fit: forms with files, downloads. */
export async function sendForm(path: string, form: FormData): Promise<unknown> {
  const headers = { 'x-bailiwick-request': '1', 'idempotency-key': crypto.randomUUID() }
  const response = await send(new Request(path, { method: 'POST', body: form, headers }))
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw problemFrom(response.status, body)
  return body
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new Unreachable(error)
  }
}

interface Answer<Data> {
  readonly data?: Data
  readonly error?: unknown
  readonly response: Response
}

/** The data of an answer. @throws ApiProblem, or Unreachable where none came */
export async function ask<Data>(asking: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asking
  if (!response.ok) throw problemFrom(response.status, error)
  return data as Data
}

/** The data together with the version that the `ETag` names. */
export async function askWithVersion<Data>(asking: Promise<Answer<Data>>): Promise<{ data: Data; version: string }> {
  const answer = await asking
  if (!answer.response.ok) throw problemFrom(answer.response.status, answer.error)
  return { data: answer.data as Data, version: answer.response.headers.get('etag') ?? '' }
}
