import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import type { ChildServer } from '../../servers/child-server.ts'
import { PACKAGES } from '../engines/require-package.ts'

const CLI = path.join(PACKAGES, 'node_modules/directus/cli.js')
const PATIENCE = 120_000

/** Nothing that slows it down for no use here: no console, no telemetry, no cache that has to be kept true, and it never turns anyone away. */
function environmentOf({ host, port, user, database }: ClientConfig, folder: string, listenOn: number) {
  return {
    ...{
      DB_CLIENT: 'pg',
      DB_HOST: host ?? '',
      DB_PORT: String(port),
      DB_USER: String(user),
      DB_DATABASE: database ?? '',
    },
    ...{ DB_PASSWORD: 'unused', HOST: '127.0.0.1', PORT: String(listenOn), NODE_ENV: 'production' },
    ...{ SECRET: 'a secret that lasts as long as this run', KEY: 'peers', ADMIN_EMAIL: 'admin@example.com' },
    ...{ ADMIN_PASSWORD: 'for this run only', LOG_LEVEL: 'error', TELEMETRY: 'false', SERVE_APP: 'false' },
    ...{ PRESSURE_LIMITER_ENABLED: 'false', RATE_LIMITER_ENABLED: 'false', CACHE_ENABLED: 'false' },
    ...{ EXTENSIONS_PATH: path.join(folder, 'extensions'), STORAGE_LOCAL_ROOT: path.join(folder, 'uploads') },
  }
}

/** Adds Directus' own tables to the database. */
export async function bootstrapDirectus(address: ClientConfig, folder: string): Promise<void> {
  const child = runCli('bootstrap', environmentOf(address, folder, 0))
  let said = ''
  child.stdout?.on('data', (chunk) => (said += chunk))
  child.stderr?.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`Directus could not make its tables: ${said.trim().split('\n').slice(-5).join(' ')}`)
}

export async function startDirectus(address: ClientConfig, folder: string): Promise<ChildServer> {
  const port = await findFreePort()
  const began = performance.now()
  const child = runCli('start', environmentOf(address, folder, port))
  child.stdout?.resume()
  child.stderr?.resume()
  const origin = `http://127.0.0.1:${port}`
  await untilItAnswers(child, `${origin}/server/ping`)
  return {
    origin,
    startedIn: performance.now() - began,
    memory: () => memoryOf(child.pid),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function runCli(command: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [CLI, command], {
    cwd: PACKAGES,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function untilItAnswers(child: ChildProcess, url: string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(200)) {
    if (child.exitCode !== null) throw new Error(`Directus ended with ${child.exitCode} before it answered.`)
    const answers = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (answers) return
  }
  child.kill('SIGKILL')
  throw new Error('Directus did not answer within two minutes.')
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('The system gave no port')
  return address.port
}

/** Megabytes; not a number where the system doesn't tell. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}
