import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { type Footing, handOver } from './unprivileged.ts'

/** The socket listens on no port; the number is a part of its file's name. */
export const SOCKET_PORT = 5432

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const LONGEST_PATH = process.platform === 'darwin' ? 103 : 107

export const socketFile = (folder: string) => join(folder, `.s.PGSQL.${SOCKET_PORT}`)

const fits = (folder: string) => Buffer.byteLength(socketFile(folder)) <= LONGEST_PATH

/**
 * The folder for the server's socket, made if missing and closed to others: `preferred`, or where its path is too long for a
 * socket, a short one in the temporary folder, named after the path. (The server's own postmaster.pid records which.)
 * Throws `StartUpError` where that name is taken by something that isn't ours.
 */
export function makeSocketFolder(preferred: string, footing: Footing, temporary: string = tmpdir()): string {
  const folder = fits(preferred) ? preferred : shortFolder(preferred, temporary)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  requireOurs(folder, footing)
  chmodSync(folder, 0o700)
  handOver(folder, footing)
  return folder
}

function shortFolder(preferred: string, temporary: string): string {
  const name = `bailiwick-${createHash('sha256').update(preferred).digest('hex').slice(0, 16)}`
  const folder = join(temporary, name)
  return fits(folder) ? folder : join('/tmp', name)
}

/** Anyone may make names in the temporary folder: a folder there that somebody else prepared could hold a server of his. */
function requireOurs(folder: string, footing: Footing): void {
  const found = lstatSync(folder)
  const us = [process.getuid?.(), footing.kind === 'account' ? footing.uid : undefined]
  if (found.isDirectory() && us.includes(found.uid)) return
  throw new StartUpError(
    `${folder} is needed for the database's socket but belongs to somebody else: remove it, or use a data folder with a shorter path.`,
    EXIT.configuration,
  )
}
