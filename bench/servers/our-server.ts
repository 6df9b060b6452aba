import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Place } from '../data-set/build.ts'
import { type ChildServer, startChild } from './child-server.ts'

const MAIN = path.resolve(import.meta.dirname, '../../apps/server/src/main.ts')
const UNLIMITED = '900000000'

/** The environment of a process that serves a data set whose database runs already. */
export function environmentOf(place: Place, dataFolder: string): Record<string, string> {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    BAILIWICK_DATA: dataFolder,
    BAILIWICK_MASTER_KEY_FILE: path.join(place.folder, 'master.key'),
    BAILIWICK_LOG: 'warn',
    BAILIWICK_RATE_LIMIT: UNLIMITED,
    BAILIWICK_DEMO: '0',
    DATABASE_URL: place.databaseUrl,
    NODE_ENV: 'production',
  }
}

/** The program itself, as an operator runs it; several may serve one database, each with a data folder of its own. */
export async function startOurs(place: Place): Promise<ChildServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bw-bench-server-'))
  const server = await startChild([process.execPath, MAIN], environmentOf(place, folder))
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...server, stop }
}
