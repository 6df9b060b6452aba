import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import Type from 'typebox'
import { afterAll, expect, test } from 'vitest'
import { notFound } from '../problem.ts'
import type { App, Routes } from './app.ts'
import { buildServer } from './build-server.ts'
import { createLog } from './log.ts'

const BODY = '{"name":"Acme"}'

/** Lets in whoever says who he is, after a look somewhere. */
function enter(app: App): void {
  app.addHook('onRequest', async ({ headers }) => {
    await pause(5)
    if (headers.authorization === undefined) throw notFound()
  })
}

const room: Routes = (app) => {
  const body = Type.Object({ name: Type.String() })
  app.post('/name', { schema: { body, response: { 200: body } } }, (request) => request.body)
}

const app = buildServer({ log: createLog('silent'), surfaces: [{ enter, rooms: [room] }] })
await app.listen({ port: 0, host: '127.0.0.1' })
afterAll(() => app.close())

/** All that the server says to somebody who sends his body only where he is told to. */
async function saidTo(...headers: string[]): Promise<string> {
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  let said = ''
  socket.on('data', (chunk) => {
    said += String(chunk)
    if (said === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(BODY)
  })
  const usual = ['Host: a', 'Content-Type: application/json', `Content-Length: ${BODY.length}`, 'Expect: 100-continue']
  socket.write(`POST /name HTTP/1.1\r\n${[...usual, ...headers].join('\r\n')}\r\n\r\n`)
  await once(socket, 'end')
  return said
}

test('whoever is let in is told to send his body', async () => {
  const said = await saidTo('Authorization: Bearer x', 'Connection: close')
  expect(said).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  expect(said).toContain(BODY)
})

test('whoever isn’t is refused before he sends it, and the connection ends', async () => {
  expect(await saidTo()).toMatch(/^HTTP\/1\.1 404 Not Found\r\n[\s\S]*connection: close/i)
})
