import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Actor } from '../actor.ts'

type Organization = Pick<Actor['organization'], 'id'>

const OWNER_ONLY = 0o700
/** A file without a row that is older belongs to nothing: no upload takes so long. */
const ORPHANED_AFTER = 24 * 3_600_000
const NAME = /^[0-9a-f]{48}$/

/** Where an organization's files lie, each in one of 256 folders. */
export function filesOf(filesFolder: string, { id }: Organization): string {
  return path.join(filesFolder, 'records', id)
}

export function pathOf(folder: string, stored: string): string {
  if (!NAME.test(stored)) throw new Error('A stored file has a name that none is given.')
  return path.join(folder, stored.slice(0, 2), stored)
}

/** Where a file is taken in, until it is whole. Its folder is made if need be. */
export async function incomingPath(folder: string, stored: string): Promise<string> {
  const place = path.join(folder, 'incoming')
  await mkdir(place, { recursive: true, mode: OWNER_ONLY })
  return path.join(place, stored)
}

/** Puts a file that is whole in its place; once this is done, it survives a loss of power. */
export async function settleFile(folder: string, stored: string, incoming: string): Promise<void> {
  await synced(incoming)
  const target = pathOf(folder, stored)
  await mkdir(path.dirname(target), { recursive: true, mode: OWNER_ONLY })
  await rename(incoming, target)
  await synced(path.dirname(target))
}

async function synced(place: string): Promise<void> {
  const handle = await open(place, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Files of an organization that are old enough to be swept, where nothing speaks of them. */
export async function* oldFiles(folder: string, now: number): AsyncGenerator<{ stored: string; place: string }> {
  for (const shelf of await readdir(folder).catch(() => [])) {
    for (const stored of await readdir(path.join(folder, shelf)).catch(() => [])) {
      const place = path.join(folder, shelf, stored)
      const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: now }))
      if (now - mtimeMs > ORPHANED_AFTER) yield { stored, place }
    }
  }
}

export async function removeFile(place: string): Promise<void> {
  await rm(place, { force: true })
}

/** Everything that lies there for an organization that is no more. */
export async function removeFilesOf(filesFolder: string, organization: Organization): Promise<void> {
  await rm(filesOf(filesFolder, organization), { recursive: true, force: true })
}
