import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = '/usr/lib/postgresql'
const OLDEST_TAKEN = 15
const BUILT_IN = 18

/** The folder with the programs of the oldest PostgreSQL that Bailiwick takes, as Debian and its kin install them. */
export function findOlderServer(): string | undefined {
  if (!existsSync(ROOT)) return undefined
  const bin = (major: number) => join(ROOT, String(major), 'bin')
  const [oldest] = readdirSync(ROOT)
    .map(Number)
    .filter((major) => major >= OLDEST_TAKEN && major < BUILT_IN && existsSync(join(bin(major), 'initdb')))
    .sort((a, b) => a - b)
  return oldest === undefined ? undefined : bin(oldest)
}

/** Whether the store tests can run on an older PostgreSQL, too: one that is given, or one that the machine has. */
export function hasOlderServer(): boolean {
  return Boolean(process.env.BAILIWICK_TEST_DATABASE_URL) || findOlderServer() !== undefined
}
