import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** What an import keeps on disk, all in a folder of its own. */
export interface ImportFiles {
  readonly folder: string
  readonly source: string
  readonly rejected: string
  /** Rows that wait for others, by pass over the file. */
  later(pass: number): string
}

const OWNER_ONLY = 0o700
const DAY = 24 * 3_600_000
/** Rejected rows can be fetched for so long. */
const KEPT_FOR = 7 * DAY

/** The folder is made if need be. */
export async function importFiles(filesFolder: string, id: string): Promise<ImportFiles> {
  const folder = path.join(filesFolder, 'imports', id)
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY })
  return {
    folder,
    source: path.join(folder, 'source.csv'),
    rejected: path.join(folder, 'rejected.csv'),
    later: (pass) => path.join(folder, `later-${pass}.jsonl`),
  }
}

/** Removes everything but the rejected rows. */
export async function clearImport({ folder, rejected }: ImportFiles): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name !== path.basename(rejected)) await rm(path.join(folder, name), { force: true })
  }
}

/** Removes what is older than a week. */
export async function forgetOldImports(filesFolder: string, now: number): Promise<void> {
  await forgetOld(path.join(filesFolder, 'imports'), now - KEPT_FOR)
}

/** Removes from a folder what was last written before `before` (epoch ms). */
export async function forgetOld(folder: string, before: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const place = path.join(folder, name)
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < before) await rm(place, { recursive: true, force: true })
  }
}
