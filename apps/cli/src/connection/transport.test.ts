import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Request, readText, SendAgain, send } from './transport.ts'

let folder = ''
let server: Server | undefined
const socket = () => path.join(folder, 's')
const listen = (of: Server) => {
  server = of
  return new Promise<void>((resolve) => of.listen(socket(), resolve))
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bw-send-'))
})
afterEach(() => {
  server?.close()
  rmSync(folder, { recursive: true })
})

const CHANGE: Request = { method: 'POST', path: '/x', body: '{"a":1}' }

test('a connection dropped unread, or under a question, can be asked again', async () => {
  await listen(createServer((connection) => connection.destroy()))
  await expect(send(socket(), CHANGE)).rejects.toBeInstanceOf(SendAgain)
  await expect(send(socket(), { method: 'GET', path: '/x' })).rejects.toBeInstanceOf(SendAgain)
})

test('a change that was looked at and not answered is not sent again', async () => {
  await listen(createHttpServer((request) => request.socket.destroy()))
  const failure = await send(socket(), CHANGE).catch((error: unknown) => error)
  expect(failure).not.toBeInstanceOf(SendAgain)
  expect(failure).toHaveProperty('code', expect.stringMatching(/^(ECONNRESET|EPIPE)$/))
})

test.each([CHANGE, { ...CHANGE, body: undefined }, { ...CHANGE, method: 'GET' as const, body: undefined }])(
  'arrives whole: %j',
  async (request) => {
    await listen(createHttpServer((incoming, response) => incoming.pipe(response)))
    expect(await readText((await send(socket(), request)).body)).toBe(request.body ?? '')
  },
)
