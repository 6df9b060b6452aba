import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DataFolderHeld } from './data-folder-held.ts'
import { takeFileLock } from './file-lock.ts'
import { asStartUpError } from './file-problems.ts'
import { forgetHolder, noteHolder, waitForHolder } from './holder.ts'

export interface DataFolderHold {
  /** The folder, absolute. */
  readonly folder: string
  /** Lets the folder go; a second call does nothing. */
  release(): void
}

/**
 * Takes the data folder for this process, making it (mode 0700) where it isn't there. Of any number of processes that
 * ask at once exactly one gets it, and it stays held until it is released or the process ends, however it ends.
 *
 * @throws {DataFolderHeld} another process has it; nothing was changed.
 * @throws {StartUpError} the folder can't be made or written, or the disk is full.
 */
export async function holdDataFolder(folder: string): Promise<DataFolderHold> {
  const place = path.resolve(folder)
  makeFolder(place)
  const lock = lockIn(place)
  if (!lock) throw new DataFolderHeld(place, await waitForHolder(place))
  try {
    noteHolder(place)
  } catch (error) {
    lock.release()
    throw asStartUpError(error, place)
  }
  return holdOf(place, () => {
    forgetHolder(place)
    lock.release()
  })
}

function makeFolder(place: string): void {
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw asStartUpError(error, place)
  }
}

function lockIn(place: string) {
  try {
    return takeFileLock(path.join(place, 'lock'))
  } catch (error) {
    throw asStartUpError(error, place)
  }
}

function holdOf(folder: string, letGo: () => void): DataFolderHold {
  let held = true
  return {
    folder,
    release() {
      if (held) letGo()
      held = false
    },
  }
}
