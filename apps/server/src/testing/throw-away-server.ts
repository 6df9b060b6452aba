import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, ClientConfig } from 'pg'
import { connectClient } from '../db/connection-pool.ts'
import { chooseFooting, type Footing, handOver, spawnOn } from '../db/unprivileged.ts'

export interface ThrowAwayServer {
  /** For `DATABASE_URL`: a role with a password that may create databases and roles, on the loopback. */
  readonly url: string
  stop(): Promise<void>
}

/** PostgreSQL's programs as Debian and its kin install them, by major version; the oldest that Bailiwick takes comes first. */
function findInstalled(): { readonly major: number; readonly bin: string }[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  return readdirSync(root)
    .map((major) => ({ major: Number(major), bin: join(root, major, 'bin') }))
    .filter(({ major, bin }) => major >= 15 && major < 18 && existsSync(join(bin, 'initdb')))
    .sort((a, b) => a.major - b.major)
}

/** The folder with the programs of an installed server that is older than the built-in one, installing it where we may. */
function getOlderServer(): string {
  const [installed] = findInstalled()
  if (installed) return installed.bin
  if (process.getuid?.() === 0) spawnSync('apt-get', ['install', '-y', 'postgresql'], { stdio: 'ignore' })
  const [made] = findInstalled()
  if (made) return made.bin
  throw new Error(
    'The store tests want a PostgreSQL of 15 to 17 besides the built-in one: install one (apt-get install postgresql), or set BAILIWICK_TEST_DATABASE_URL.',
  )
}

/** As an operator would have it: not a superuser, but one who may create databases and roles, with a password that needs escaping. */
const USER = 'bailiwick'
const PASSWORD = 'corn & chaff/%'

/**
 * Starts an older PostgreSQL of the machine's on fresh files in the temporary folder, on the loopback with passwords, like a
 * server that an operator would point DATABASE_URL at. Throws where there is none and none can be installed.
 */
export async function startOlderServer(): Promise<ThrowAwayServer> {
  const bin = getOlderServer()
  const folder = mkdtempSync(join(tmpdir(), 'bw-pg-'))
  const footing = chooseFooting(folder)
  handOver(folder, footing)
  await initialize(bin, folder, footing)
  const port = await findFreePort()
  const server = spawnServer(bin, folder, footing, port)
  const stop = async () => {
    if (server.exitCode === null && server.kill('SIGINT')) await once(server, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await createUser({ host: folder, port, user: 'postgres', database: 'postgres' }, () => server.exitCode === null)
  } catch (error) {
    await stop()
    throw error
  }
  const url = `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`
  return { url, stop }
}

async function initialize(bin: string, folder: string, footing: Footing): Promise<void> {
  const args = [
    '--pgdata',
    join(folder, 'cluster'),
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]
  args.push('--auth-local=trust', '--auth-host=scram-sha-256', '--no-instructions')
  const child = spawnOn(footing, join(bin, 'initdb'), args, { stdio: ['ignore', 'ignore', 2], cwd: folder })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`initdb gave up with exit code ${code}`)
}

/** Free a moment ago, that is; the server says so if somebody was faster. */
async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

function spawnServer(bin: string, folder: string, footing: Footing, port: number) {
  const log = openSync(join(folder, 'postgres.log'), 'a')
  // Nothing here outlives a crash of the machine, so nothing waits for the disk.
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'fsync=off', 'max_connections=200']
  const args = ['-D', join(folder, 'cluster'), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawnOn(footing, join(bin, 'postgres'), args, { stdio: ['ignore', log, log], cwd: folder })
  closeSync(log)
  return server
}

async function createUser(address: ClientConfig, isRunning: () => boolean): Promise<void> {
  const client = await connectWhenReady(address, isRunning)
  const password = client.escapeLiteral(PASSWORD)
  await client.query(`create role ${USER} login createdb createrole password ${password}`)
  await client.end()
}

async function connectWhenReady(address: ClientConfig, isRunning: () => boolean): Promise<Client> {
  for (;;) {
    try {
      return await connectClient(address)
    } catch (error) {
      if (!isRunning()) throw error
      await sleep(20)
    }
  }
}
