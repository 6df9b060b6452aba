import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { laySiege, type Person } from './siege.ts'
import { watchStatements } from './watched-statements.ts'

export interface Question {
  readonly name: string
  readonly ask: (id: string, module: string) => InjectOptions
}

export const get = (name: string, path: (id: string, module: string) => string): Question => ({
  name: `GET ${name}`,
  ask: (id, module) => ({ method: 'GET', url: path(id, module) }),
})
export const send = (
  method: 'POST' | 'PATCH' | 'DELETE',
  name: string,
  path: (id: string, module: string) => string,
  body?: (id: string, module: string) => object,
  headers?: Record<string, string>,
): Question => ({
  name: `${method} ${name}`,
  ask: (id, module) => ({
    method,
    url: path(id, module),
    ...(body && { body: body(id, module) }),
    ...(headers && { headers }),
  }),
})

export const at = (rest: string) => (id: string, module: string) => `/api/v1/records/${module}/${id}${rest}`
export const subject = { type: 'user', id: 'anna' }

export function filter(condition: object): string {
  return encodeURIComponent(JSON.stringify(condition))
}

export function upload(module: string, mapping: object = {}): InjectOptions {
  const field = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname,other\r\na,b\r\n\r\n--b--\r\n'
  const payload = field('module', module) + field('mapping', JSON.stringify(mapping)) + file
  return {
    method: 'POST',
    url: '/api/v1/imports',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload,
  }
}

/** Differ from one request to the next, whatever is asked. */
const CHANGING_HEADERS = ['date', 'x-request-id', 'x-ratelimit-remaining', 'x-ratelimit-reset']

interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** To be called at a test file's top level. */
export async function askedSiege() {
  const watched = watchStatements()
  const siege = await laySiege()
  async function asked(person: Person, question: InjectOptions) {
    const headers = { ...siege.credentials(person), ...question.headers }
    const { result: answer, statements } = await watched(() => siege.network.inject({ ...question, headers }))
    await siege.settle()
    return { answer: told(answer), statements }
  }

  return { siege, asked }
}

function told({ statusCode, headers, payload }: LightMyRequestResponse): Told {
  const kept = Object.entries(headers).filter(([name]) => !CHANGING_HEADERS.includes(name))
  return { status: statusCode, headers: Object.fromEntries(kept), body: payload }
}

/** The answer, where it repeats what was asked for, as if that had been the other. */
export function alike(answer: Told, from: string, to: string): Told {
  const body = answer.body.replaceAll(from, to)
  const length = Buffer.byteLength(body)
  const headers =
    'content-length' in answer.headers ? { ...answer.headers, 'content-length': String(length) } : answer.headers
  return { ...answer, body, headers }
}
