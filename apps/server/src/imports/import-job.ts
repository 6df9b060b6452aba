import type { JobKind } from '../jobs/job.ts'
import { clearImport, importFiles } from './import-files.ts'
import type { ImportParts } from './import-parts.ts'
import { type ImportRequest, runImport } from './run-import.ts'

export const IMPORT = 'import'

/** Imports as jobs of the queue. */
export function importJob(parts: ImportParts): JobKind {
  return {
    kind: IMPORT,
    address: '/api/v1/imports',
    audit: (input) => {
      const { module, overwrite, dryRun } = input as ImportRequest
      return dryRun ? undefined : { action: 'import', module, details: { overwrite } }
    },
    run: async (job) => {
      const files = await importFiles(parts.filesFolder, job.id)
      return runImport(parts, job.input as ImportRequest, files, job)
    },
    clear: async (id) => clearImport(await importFiles(parts.filesFolder, id)),
  }
}
