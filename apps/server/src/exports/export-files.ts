import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { forgetOld } from '../imports/import-files.ts'

export type ExportFormat = 'csv' | 'xlsx' | 'jsonl'

const OWNER_ONLY = 0o700
const KEPT_FOR = 24 * 3_600_000

/** Where the file of an export is; its folder is made if need be. */
export async function exportFile(filesFolder: string, id: string, format: ExportFormat): Promise<string> {
  const folder = path.join(filesFolder, 'exports')
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY })
  return path.join(folder, `${id}.${format}`)
}

/** Removes files older than a day. */
export async function forgetOldExports(filesFolder: string, now: number): Promise<void> {
  await forgetOld(path.join(filesFolder, 'exports'), now - KEPT_FOR)
}

/** Whether a file of that age may still be fetched. */
export function isKept(modifiedAt: number, now: number): boolean {
  return now - modifiedAt < KEPT_FOR
}
