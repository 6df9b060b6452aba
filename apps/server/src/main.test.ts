import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'

const MAIN = new URL('./main.ts', import.meta.url).pathname
const folders: string[] = []
const children: ChildProcess[] = []

afterAll(() => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bw-main-'))
  folders.push(folder)
  return folder
}

interface Server {
  readonly child: ChildProcess
  readonly output: () => string
  readonly errors: () => string
  readonly exit: Promise<number | null>
}

function spawnServer(folder: string, environment: Record<string, string> = {}): Server {
  const env = { PATH: process.env.PATH, PORT: '0', BAILIWICK_DATA: folder, ...environment }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const texts = { output: '', errors: '' }
  child.stdout.on('data', (chunk) => {
    texts.output += chunk
  })
  child.stderr.on('data', (chunk) => {
    texts.errors += chunk
  })
  const exit = once(child, 'close').then(() => child.exitCode)
  return { child, output: () => texts.output, errors: () => texts.errors, exit }
}

async function addressOf(server: Server): Promise<URL> {
  for (let waited = 0; waited < 100_000; waited += 50) {
    const [, address] = /^listening on (\S+)$/m.exec(server.output()) ?? []
    if (address !== undefined) return new URL(address)
    await sleep(50)
  }
  throw new Error(`The server did not start: ${server.errors()}`)
}

describe('a server', () => {
  const folder = newFolder()

  test('serves from the line on, keeps its socket to its owner, and leaves with 0 once what runs is finished', async () => {
    const server = spawnServer(folder)
    const address = await addressOf(server)
    expect(server.output()).toBe(`listening on ${address.origin}\n`)
    expect((await fetch(new URL('/readyz', address))).status).toBe(200)
    expect(statSync(join(folder, 'bailiwick.sock')).mode & 0o777).toBe(0o600)
    expect(await askSocket(folder, 'nowhere/operator')).toBe(404)
    expect((await fetch(new URL('/api/v1/me', address), { headers: { 'bailiwick-act': 'a/operator' } })).status).toBe(
      401,
    )

    const slow = await beginSignIn(Number(address.port))
    server.child.kill('SIGTERM')
    await untilItDrains(address)
    expect(await slow.finish()).toContain('HTTP/1.1 401')
    expect(await server.exit).toBe(0)
  })

  test('starts again in the same folder, where a second one is told who holds it', async () => {
    const first = spawnServer(folder)
    await addressOf(first)
    const second = spawnServer(folder)
    expect(await second.exit).toBe(75)
    expect(second.errors()).toMatch(/^[^\n]*is held by process \d+[^\n]*\n$/)
    first.child.kill('SIGTERM')
    expect(await first.exit).toBe(0)
  })
})

test('a port in use is told in one line, and nothing stays behind', async () => {
  const occupant = createServer().listen(0, '127.0.0.1')
  await once(occupant, 'listening')
  const { port } = occupant.address() as AddressInfo
  const folder = newFolder()
  const server = spawnServer(folder, { PORT: String(port), BAILIWICK_LOG: 'error' })
  expect(await server.exit).toBe(71)
  expect(server.errors()).toBe(
    `127.0.0.1:${port} is in use by another program: stop that, or set PORT to another port (0 picks a free one).\n`,
  )
  occupant.close()
  const again = spawnServer(folder)
  await addressOf(again)
  again.child.kill('SIGTERM')
  expect(await again.exit).toBe(0)
})

test('a second signal ends it at once, and the next start takes the database over that was left running', async () => {
  const folder = newFolder()
  const server = spawnServer(folder)
  const address = await addressOf(server)
  await beginSignIn(Number(address.port))
  server.child.kill('SIGTERM')
  await untilItDrains(address)
  await sleep(600)
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(1)
  const next = spawnServer(folder)
  await addressOf(next)
  next.child.kill('SIGTERM')
  expect(await next.exit).toBe(0)
})

test('a signal that comes twice in a moment, from a supervisor and from who started it, is one', async () => {
  const folder = newFolder()
  const server = spawnServer(folder)
  const address = await addressOf(server)
  const signIn = await beginSignIn(Number(address.port))
  server.child.kill('SIGTERM')
  await sleep(100)
  server.child.kill('SIGTERM')
  await sleep(100)
  expect(await signIn.finish()).toContain('HTTP/1.1 401')
  expect(await server.exit).toBe(0)
})

function askSocket(folder: string, act: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = {
      socketPath: join(folder, 'bailiwick.sock'),
      path: '/api/v1/me',
      headers: { 'bailiwick-act': act },
    }
    request(options, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

/** Until nobody new is let in. */
async function untilItDrains(address: URL): Promise<void> {
  const isOpen = () =>
    fetch(new URL('/readyz', address), { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    )
  while (await isOpen()) await sleep(20)
}

/** A request that the server has begun to read, and whose body is still on its way. */
async function beginSignIn(port: number): Promise<{ finish(): Promise<string> }> {
  const body = JSON.stringify({ email: 'a@example.org', password: 'nothing' })
  const head = `POST /api/auth/sign-in/email HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => {})
  socket.write(head + body.slice(0, 10))
  while (!answer.startsWith('HTTP/1.1 100 ')) await sleep(5)
  return {
    finish: async () => {
      socket.write(body.slice(10))
      await once(socket, 'close')
      return answer
    },
  }
}
