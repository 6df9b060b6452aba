import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5
/** Long enough for one of several that begin in the same instant to come through, short enough not to be felt. */
const PATIENCE_MS = 100

export interface FileLock {
  release(): void
}

/**
 * Takes an exclusive lock on a file that the kernel keeps: it ends with the process, also where that is killed, so
 * there is never a stale one to judge by process numbers (which are reused, and mean nothing across containers that
 * share a folder). Node has no call for such a lock; its SQLite takes one when a transaction that may write begins. Its
 * journal is kept in memory, so that nothing is ever written: the file stays empty, and a full disk is no obstacle.
 *
 * @returns nothing where another process has it.
 * @throws the file system's error where the file can't be opened for writing.
 */
export function takeFileLock(file: string): FileLock | undefined {
  // SQLite's own refusal doesn't tell a missing right from a full disk, the file system's does.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: PATIENCE_MS })
  try {
    database.exec('pragma journal_mode = memory; begin immediate')
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return { release: () => database.close() }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}
