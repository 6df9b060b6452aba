import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, troubles } from './rooms-fixture.ts'

describe('on a real socket', () => {
  const app = build([troubles])
  let port = 0
  beforeAll(async () => {
    port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
  })
  afterAll(() => app.close())

  test.each([
    ['what is no HTTP', 'hello\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ])('%s is answered with a problem and hung up on', async (_title, bytes, status) => {
    const answer = await exchange(port, bytes)
    expect(answer).toContain(`HTTP/1.1 ${status}`)
    expect(answer).toContain('application/problem+json')
  })
})

function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('end', () => resolve(answer)).on('error', reject)
  })
}
