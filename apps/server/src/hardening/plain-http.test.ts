import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describedRoutes } from './described-routes.ts'
import { laySiege } from './siege.ts'

/** What only a real connection can carry: requests that are none, and methods that no route has. */

const siege = await laySiege()
let port = 0

beforeAll(async () => {
  await siege.network.listen({ host: '127.0.0.1', port: 0 })
  port = (siege.network.server.address() as AddressInfo).port
})
afterAll(() => siege.network.server.closeAllConnections())

/** Sends bytes as they are. @returns everything that comes back until the connection ends, or nothing comes for a while */
async function exchange(piece: string | Buffer, patience = 60_000): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  socket.setTimeout(patience, () => socket.destroy())
  await once(socket, 'connect')
  socket.write(piece)
  await once(socket, 'close')
  return answer
}

const key = () => siege.credentials('anna').authorization
const ENDS = 'Host: a\r\nConnection: close\r\n'

const MALFORMED: readonly (readonly [name: string, request: () => string | Buffer])[] = [
  ['no HTTP', () => 'hello\r\n\r\n'],
  ['bytes', () => Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10])],
  ['TLS', () => Buffer.from('16030100a5010000a10303', 'hex')],
  ['an unknown method', () => `BREW /api/v1/me HTTP/1.1\r\n${ENDS}\r\n`],
  ['HTTP of another age', () => `GET /api/v1/me HTTP/9.9\r\n${ENDS}\r\n`],
  ['HTTP/2 without being asked', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a space in the address', () => `GET /api/v1/me me HTTP/1.1\r\n${ENDS}\r\n`],
  ['a NUL in the address', () => `GET /api/v1/\0me HTTP/1.1\r\n${ENDS}\r\n`],
  ['raw UTF-8 in the address', () => Buffer.from(`GET /api/v1/records/äö HTTP/1.1\r\n${ENDS}\r\n`)],
  ['an address of another host', () => `GET http://evil.example/api/v1/me HTTP/1.1\r\n${ENDS}\r\n`],
  ['an address of another kind', () => `GET file:///etc/passwd HTTP/1.1\r\n${ENDS}\r\n`],
  ['an asterisk', () => `OPTIONS * HTTP/1.1\r\n${ENDS}\r\n`],
  ['a tunnel', () => `CONNECT evil.example:443 HTTP/1.1\r\n${ENDS}\r\n`],
  ['no host', () => 'GET /api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['two hosts', () => `GET /api/v1/me HTTP/1.1\r\nHost: b\r\n${ENDS}\r\n`],
  ['headers without end', () => `GET /api/v1/me HTTP/1.1\r\n${ENDS}X: ${'a'.repeat(100_000)}\r\n\r\n`],
  ['ten thousand headers', () => `GET /api/v1/me HTTP/1.1\r\n${ENDS}${'X: a\r\n'.repeat(10_000)}\r\n`],
  ['a header over two lines', () => `GET /api/v1/me HTTP/1.1\r\n${ENDS}X: a\r\n b\r\n\r\n`],
  ['a control character in a header', () => `GET /api/v1/me HTTP/1.1\r\n${ENDS}X: a\x01b\r\n\r\n`],
  ['an address without end', () => `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n${ENDS}\r\n`],
  ['two lengths', () => post('Content-Length: 2\r\nContent-Length: 3\r\n', '{}')],
  ['a length and chunks', () => post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
  ['a negative length', () => post('Content-Length: -1\r\n', '{}')],
  ['a length beyond counting', () => post('Content-Length: 99999999999999999999\r\n', '{}')],
  ['chunks that are none', () => post('Transfer-Encoding: chunked\r\n', 'zz\r\n{}\r\n')],
  ['chunks of another coding', () => post('Transfer-Encoding: gzip\r\n', '{}')],
  ['an expectation', () => post('Expect: 200-ok\r\nContent-Length: 2\r\n', '{}')],
  ['an upgrade', () => `GET /api/v1/me HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n`],
]

function post(headers: string, body: string): string {
  return `POST /api/v1/records/things HTTP/1.1\r\n${ENDS}Authorization: ${key()}\r\nContent-Type: application/json\r\n${headers}\r\n${body}`
}

describe('a request with', () => {
  test.each(MALFORMED)('%s is refused in the shape of every other error, or hung up on', async (_name, request) => {
    const answer = await exchange(request(), 1_500)
    for (const [, status, headers = '', body = ''] of answer.matchAll(
      /HTTP\/1\.1 (\d+)[^\r]*\r\n([\s\S]*?)\r\n\r\n([\s\S]*?)(?=HTTP\/1\.1 |$)/g,
    )) {
      expect(Number(status)).toBeGreaterThanOrEqual(400)
      expect(Number(status)).toBeLessThan(500)
      expect(headers.toLowerCase()).toContain('content-type: application/problem+json')
      expect(body).toContain('urn:bailiwick:problem:')
      expect(body).not.toMatch(/node_modules|\.ts:|Error:/)
    }
    const alive = await siege.network.inject({ url: '/readyz' })
    expect(alive.statusCode).toBe(200)
  })
})

describe('a method that no route has', () => {
  test.each(['TRACE', 'PROPFIND', 'LINK', 'M-SEARCH', 'PURGE', 'QUERY'])(
    '%s is nothing that is there',
    async (method) => {
      const answer = await exchange(
        `${method} /api/v1/records/things HTTP/1.1\r\n${ENDS}Authorization: ${key()}\r\nX-Secret: canary\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 (?:400|404|405|501) /)
      expect(answer).toContain('application/problem+json')
      expect(answer).not.toContain('canary')
    },
  )
})

test('every described route answers HEAD as GET without the body, and OPTIONS with no leave for other sites', async () => {
  const headers = {
    ...siege.credentials('anna'),
    origin: 'https://evil.example',
    'access-control-request-method': 'POST',
  }
  for (const { method, path } of await describedRoutes(siege.network)) {
    const url = path.replaceAll(/\{[^}]*\}/g, '1')
    const options = await siege.network.inject({ method: 'OPTIONS', url, headers })
    expect(options.statusCode, `OPTIONS ${path}`).toBeGreaterThanOrEqual(400)
    expect(options.headers['access-control-allow-origin'], `OPTIONS ${path}`).toBeUndefined()
    if (method !== 'GET') continue
    const [get, head] = [
      await siege.network.inject({ url, headers }),
      await siege.network.inject({ method: 'HEAD', url, headers }),
    ]
    expect([head.statusCode, head.payload, head.headers['content-type']], `HEAD ${path}`).toEqual([
      get.statusCode,
      '',
      get.headers['content-type'],
    ])
  }
})
