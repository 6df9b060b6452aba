import Type from 'typebox'
import { expect } from 'vitest'
import { DatabaseBusyError } from '../db/connection-pool.ts'
import { notFound } from '../problem.ts'
import { requireActor } from './actor.ts'
import type { App, Routes } from './app.ts'
import { buildServer } from './build-server.ts'
import { createLog } from './log.ts'
import { DEFAULT_RATE_LIMITS, type RateLimits } from './protection.ts'

export const echo: Routes = (app) => {
  const body = Type.Object({ name: Type.String({ maxLength: 20 }) }, { additionalProperties: false })
  const query = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1 })) }, { additionalProperties: false })
  app.post('/echo', { schema: { body, querystring: query, response: { 200: body } } }, (request) => request.body)
  app.post(
    '/strict',
    { schema: { body, response: { 200: body } }, config: { wrongContentType: 400 } },
    (request) => request.body,
  )
}

export const troubles: Routes = (app) => {
  const response = { 200: Type.Object({ seen: Type.String() }) }
  app.get('/more-than-declared', { schema: { response } }, () => ({ seen: 'yes', secret: 'Salary 1,000,000' }))
  app.get('/fault', { schema: { response } }, () => {
    throw new Error('password=hunter2')
  })
  app.get('/database-fault', { schema: { response } }, () => {
    throw Object.assign(new Error('duplicate key'), { severity: 'ERROR', code: '23505', detail: 'Key (name)=(Acme)' })
  })
  app.get('/database-away', { schema: { response } }, () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { syscall: 'connect', code: 'ECONNREFUSED' })
  })
  app.get('/database-busy', { schema: { response } }, () => {
    throw new DatabaseBusyError()
  })
  app.get('/hidden/:id', { schema: { response } }, () => {
    throw notFound()
  })
  app.get('/mine', { schema: { response } }, (request) => ({ seen: requireActor(request).user }))
}

/** A server of these rooms alone, whose log goes to `lines`. */
export function build(rooms: readonly Routes[], limits: RateLimits = DEFAULT_RATE_LIMITS, lines: string[] = []): App {
  const log = createLog('info', { write: (line: string) => void lines.push(line) })
  return buildServer({ log, surfaces: [{ rooms }], network: { limits, trustProxy: false } })
}

export function expectProblem(answer: { headers: Record<string, unknown>; json: () => unknown }, status: number): void {
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({
    type: expect.stringMatching(/^urn:bailiwick:problem:/),
    title: expect.any(String),
    detail: expect.any(String),
    status,
  })
}
