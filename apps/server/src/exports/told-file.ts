import { stat } from 'node:fs/promises'
import type { Actor } from '../actor.ts'
import type { JobView } from '../jobs/job-view.ts'
import { exportFile, isKept } from './export-files.ts'
import type { ExportInput } from './export-job.ts'
import type { ExportParts } from './export-parts.ts'
import { findWithheld } from './require-still-his.ts'

/** What an answer says of an export's file. */
export interface ToldFile {
  readonly file?: string
  /** Why there is none, as whoever fetches it would be told. */
  readonly withheld?: 'records'
}

/**
 * The address of an export's file, while it would be given out to the person. Of its records some are asked about here, in one statement: a
 * list of large files must not take as long as fetching them, which asks about all.
 */
export async function toldFile(parts: ExportParts, actor: Actor, view: JobView): Promise<ToldFile> {
  const path = await findKeptFile(parts, view)
  if (path === undefined) return {}
  const withheld = await findWithheld(parts, actor, view, path, 'some')
  if (withheld === 'records') return { withheld }
  return withheld ? {} : { file: `/api/v1/exports/${view.id}/file` }
}

/** Where the file is; nothing before it is whole, and once it is too old. */
export async function findKeptFile({ filesFolder, now }: ExportParts, view: JobView): Promise<string | undefined> {
  if (view.state !== 'done') return undefined
  const path = await exportFile(filesFolder, view.id, (view.input as ExportInput).format)
  const found = await stat(path).catch(() => undefined)
  return found && isKept(found.mtimeMs, now()) ? path : undefined
}
