import { chmodSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { App } from './http/app.ts'
import { EXIT, StartUpError } from './start-up-error.ts'

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const LONGEST_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107
const OWNER_ONLY = 0o600
const FORBID_OTHERS = 0o177

/** Where the operator's socket of a data folder is. */
export function operatorSocket(dataFolder: string): string {
  return path.join(dataFolder, 'bailiwick.sock')
}

/**
 * Serves on the network. @returns the address, as a person would type it
 * @throws {StartUpError} where the address can't be listened on
 */
export async function listenOnNetwork(app: App, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw explain(error, `${host}:${port}`)
  }
  const address = app.server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
}

/**
 * Serves the operator's socket. Whoever calls holds the data folder, so a socket that lies there is a dead process's. It is never open to
 * others, not even for the moment between its making and a change of its mode.
 * @throws {StartUpError} where the data folder's path is too long for a socket, or can't take one
 */
export async function listenOnSocket(app: App, dataFolder: string): Promise<void> {
  const socket = operatorSocket(dataFolder)
  if (Buffer.byteLength(socket) > LONGEST_SOCKET_PATH) {
    throw new StartUpError(
      `The path of the data folder ${dataFolder} is too long for a socket: choose a shorter one with BAILIWICK_DATA.`,
      EXIT.dataFolderUnusable,
    )
  }
  rmSync(socket, { force: true })
  const before = process.umask(FORBID_OTHERS)
  try {
    await app.listen({ path: socket })
    chmodSync(socket, OWNER_ONLY)
  } catch (error) {
    throw explain(error, socket)
  } finally {
    process.umask(before)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program: stop that, or set PORT to another port (0 picks a free one)',
  EACCES: 'may not be used by this account: choose a PORT of 1024 or above',
  EADDRNOTAVAIL: 'is no address of this machine: set HOST to one that is',
  ENOTFOUND: 'is no address of this machine: set HOST to one that is',
}

function explain(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = REASONS[code]
  return reason ? new StartUpError(`${place} ${reason}.`, EXIT.addressUnavailable, { cause: error }) : error
}
