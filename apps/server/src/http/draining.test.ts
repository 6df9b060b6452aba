import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import Type from 'typebox'
import { expect, test } from 'vitest'
import type { Routes } from './app.ts'
import { buildServer } from './build-server.ts'
import { createLog } from './log.ts'

const ASKING = 'POST /sum HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n'
const BODY = '{"name":"Acme"}'

/** A server whose answers wait for the gate, and two connections to it: on one, a request is under way. */
async function busyServer() {
  const gate = Promise.withResolvers<void>()
  const body = Type.Object({ name: Type.String() })
  const room: Routes = (app) => {
    app.post('/sum', { schema: { body, response: { 200: body } } }, async (request) => {
      await gate.promise
      return request.body
    })
  }
  const app = buildServer({ log: createLog('silent'), surfaces: [{ rooms: [room] }] })
  const accepted: Socket[] = []
  app.server.on('connection', (socket) => accepted.push(socket))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const open = async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    let told = ''
    socket.on('data', (chunk) => {
      told += String(chunk)
    })
    const ended = once(socket, 'end')
    return { socket, told: () => told, ended }
  }
  const [one, other] = [await open(), await open()]
  one.socket.write(`${ASKING}Content-Length: ${BODY.length}\r\n\r\n`)
  await once(one.socket, 'data')
  return { app, gate, one, other, received: () => accepted[1]?.bytesRead }
}

test('what is under way is finished, and who asks whether to send a body is refused before he sends it', async () => {
  const { app, gate, one, other, received } = await busyServer()
  expect(one.told()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  // Something of a request has come, so this connection isn't ended for being idle.
  other.socket.write(ASKING)
  await expect.poll(received).toBe(ASKING.length)
  const closing = Promise.resolve(app.close())
  await expect.poll(() => app.server.listening).toBe(false)
  other.socket.write(`Content-Length: ${BODY.length}\r\n\r\n`)
  await other.ended
  expect(other.told()).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*shutting down/)
  one.socket.write(BODY)
  gate.resolve()
  await one.ended
  expect(one.told()).toContain(BODY)
  await closing
})
