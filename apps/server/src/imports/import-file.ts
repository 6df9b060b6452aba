import { rm } from 'node:fs/promises'
import type { Actor } from '../actor.ts'
import type { Progress } from '../jobs/job.ts'
import { clearImport, importFiles } from './import-files.ts'
import type { ImportParts } from './import-parts.ts'
import type { ImportResult } from './import-position.ts'
import { type ImportOptions, requireMapping } from './mapping.ts'
import { runImport } from './run-import.ts'

export interface FileToImport {
  readonly module: string
  /** Of a file that this process can read. */
  readonly path: string
  readonly mapping?: unknown
  readonly options?: ImportOptions
  readonly overwrite?: boolean
  readonly dryRun?: boolean
}

/**
 * Imports a file at once, without the queue: for whoever waits for it. What was imported before it ends early stays.
 * @returns the figures, and where the rejected rows are, each with its reason
 * @throws Problem as `runImport`
 */
export async function importFile(
  parts: ImportParts,
  actor: Actor,
  { module, path, mapping = {}, options = {}, overwrite = false, dryRun = false }: FileToImport,
  onProgress: (progress: Pick<Progress, 'done' | 'total'>) => void = () => {},
): Promise<ImportResult & { readonly rejectedFile?: string }> {
  const files = { ...(await importFiles(parts.filesFolder, parts.newId())), source: path }
  const request = { module, mapping: requireMapping(mapping), options, overwrite, dryRun }
  const result = await runImport(parts, request, files, {
    actor: async () => ({ ...actor, asking: { ...actor.asking, now: parts.now() } }),
    saved: undefined,
    goOn: () => {},
    hold: async () => {},
    save: async ({ done, total }) => onProgress({ done, total }),
  })
  await clearImport(files)
  if (result.rejected > 0) return { ...result, rejectedFile: files.rejected }
  await rm(files.folder, { recursive: true, force: true })
  return result
}
