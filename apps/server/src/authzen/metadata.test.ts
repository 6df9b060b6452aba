import { expect, test } from 'vitest'
import type { App } from '../http/app.ts'
import { buildServer } from '../http/build-server.ts'
import { createLog } from '../http/log.ts'
import { authzenMetadataRoutes, type Reachable } from './metadata.ts'

const PLACE = '/.well-known/authzen-configuration'
const HERE = { host: '127.0.0.1', port: 7200 }
const SPOOFED = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }

const serve = (reachable: Reachable): App =>
  buildServer({ log: createLog('silent'), surfaces: [{ rooms: [authzenMetadataRoutes(reachable)] }] })

test.each([
  ['the public address', { ...HERE, publicUrl: 'https://crm.nordwind.example' }, 'https://crm.nordwind.example'],
  ['the listening address', HERE, 'http://127.0.0.1:7200'],
  ['a listening address of IPv6', { ...HERE, host: '::1' }, 'http://[::1]:7200'],
])('names %s, whatever the Host header says', async (_title, reachable, address) => {
  const answer = await serve(reachable).inject({ url: PLACE, headers: { ...SPOOFED, 'x-request-id': 'm-1' } })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  expect(answer.headers['x-request-id']).toBe('m-1')
  expect(answer.json()).toEqual({
    policy_decision_point: address,
    access_evaluation_endpoint: `${address}/access/v1/evaluation`,
    access_evaluations_endpoint: `${address}/access/v1/evaluations`,
    search_subject_endpoint: `${address}/access/v1/search/subject`,
    search_resource_endpoint: `${address}/access/v1/search/resource`,
    search_action_endpoint: `${address}/access/v1/search/action`,
  })
})

test('names the port that it really listens on', async () => {
  const app = serve({ ...HERE, port: 0 })
  const address = await app.listen({ host: HERE.host, port: 0 })
  const answer = await fetch(`${address}${PLACE}`)
  const { policy_decision_point } = (await answer.json()) as { policy_decision_point: string }
  await app.close()
  expect(policy_decision_point).toBe(address)
})

test('is found before the path of a public address, too', async () => {
  const app = serve({ ...HERE, publicUrl: 'https://nordwind.example/crm' })
  const answer = await app.inject({ url: `${PLACE}/crm` })
  expect(answer.json().policy_decision_point).toBe('https://nordwind.example/crm')
  expect((await app.inject({ url: PLACE })).payload).toBe(answer.payload)
})
