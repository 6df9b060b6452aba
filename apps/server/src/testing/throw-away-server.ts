import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, ClientConfig } from 'pg'
import { connectClient } from '../db/connection-pool.ts'
import { chooseFooting, type Footing, handOver, spawnOn } from '../db/unprivileged.ts'
import { findOlderServer } from './installed-servers.ts'

export interface ThrowAwayServer {
  /** For `DATABASE_URL`: a role with a password that may create databases and roles, on the loopback. */
  readonly url: string
  stop(): Promise<void>
}

/** As an operator would have it: not a superuser, but one who may create databases and roles, with a password that needs escaping. */
const USER = 'bailiwick'
const PASSWORD = 'corn & chaff/%'

/**
 * Starts an older PostgreSQL of the machine's on fresh files in the temporary folder, on the loopback with passwords, like a
 * server that an operator would point DATABASE_URL at. Throws where there is none.
 */
export async function startOlderServer(): Promise<ThrowAwayServer> {
  const bin = findOlderServer()
  if (!bin) throw new Error('There is no PostgreSQL of 15 to 17 here: apt-get install postgresql')
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
  const url = `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${USER}`
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
  await client.query(`create database ${USER} owner ${USER}`)
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
