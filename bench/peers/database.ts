import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../../apps/server/src/db/embedded.ts'
import type { Place } from '../data-set/build.ts'
import { runAsOwner } from '../data-set/run-as-owner.ts'

/** A database server of the run's own, with one database for Bailiwick and one for the plain tables. */
export interface Databases {
  /** Where the run keeps its files. */
  readonly folder: string
  readonly version: string
  readonly ours: Place
  readonly plain: Place
  /** Of the plain tables with a CRM's work. */
  readonly worked: Place
  close(): Promise<void>
}

export async function startDatabases(): Promise<Databases> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bw-peers-'))
  const server = await startEmbedded({ folder })
  const address = (database: string) => ({ host: server.socketFolder, port: server.port, user: server.user, database })
  const remove = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const place = (database: string): Place => {
    const query = new URLSearchParams({ host: server.socketFolder, port: String(server.port) })
    const own = path.join(folder, database)
    mkdirSync(own, { mode: 0o700 })
    return {
      folder: own,
      address: address(database),
      databaseUrl: `postgres://${server.user}@localhost/${database}?${query}`,
    }
  }
  try {
    for (const name of ['ours', 'plain', 'worked'])
      await runAsOwner(address('postgres'), 'public', [`create database ${name} template template0`])
    const [row] = await runAsOwner<{ version: string }>(address('postgres'), 'public', [
      `select current_setting('server_version') as version`,
    ])
    return {
      folder,
      version: row?.version ?? '',
      ours: place('ours'),
      plain: place('plain'),
      worked: place('worked'),
      close: remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}
