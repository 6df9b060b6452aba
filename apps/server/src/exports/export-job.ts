import { rename, rm } from 'node:fs/promises'
import type { FieldAccess, Key } from '@bailiwick/access'
import type { JobKind, RunningJob } from '../jobs/job.ts'
import { countExport, type ExportPage, type ExportQuery, exportPage } from '../records/export-page.ts'
import { type ExportFormat, exportFile } from './export-files.ts'
import type { ExportParts } from './export-parts.ts'
import { beginIds, idsOf, writeIds } from './exported-ids.ts'
import { openWriter } from './row-writer.ts'

export const EXPORT = 'export'
const ROWS_AT_ONCE = 1_000

export interface ExportInput extends ExportQuery {
  readonly module: Key
  readonly format: ExportFormat
}

export interface ExportResult {
  readonly total: number
  /** What the file holds, with the access under which it was written. */
  readonly fields: readonly { readonly key: Key; readonly access: FieldAccess }[]
}

/**
 * Exports as jobs of the queue. Each page is read under the rights of that moment, from one field list: where a field is gone meanwhile,
 * the export fails rather than mix. Ended midway, it begins anew: nothing of it is to be seen before it is whole.
 */
export function exportJob(parts: ExportParts): JobKind {
  return {
    kind: EXPORT,
    address: '/api/v1/exports',
    audit: (input) => {
      const { module, format } = input as ExportInput
      return { action: 'export', module, details: { format } }
    },
    run: async (job) => {
      const input = job.input as ExportInput
      const path = await exportFile(parts.filesFolder, job.id, input.format)
      const unfinished = `${path}.part`
      try {
        const result = await writeAll(parts, job, input, unfinished)
        await rename(idsOf(unfinished), idsOf(path))
        await rename(unfinished, path)
        return result
      } finally {
        for (const left of [unfinished, idsOf(unfinished)]) await rm(left, { force: true })
      }
    },
  }
}

async function writeAll(parts: ExportParts, job: RunningJob, input: ExportInput, path: string): Promise<ExportResult> {
  const total = await countExport(parts, await job.actor(), input.module, input)
  await job.save({ done: 0, total })
  let page = await readPage(parts, job, input, undefined)
  const { fields } = page
  const fixed = { ...input, fields: fields.map(({ key }) => key) }
  await beginIds(path)
  const writer = await openWriter(input.format, path, fixed.fields)
  let done = 0
  try {
    for (;;) {
      await writer.write(page.items)
      await writeIds(path, page.items)
      done += page.items.length
      await job.save({ done, total: Math.max(total, done) })
      if (page.next === undefined) break
      page = await readPage(parts, job, fixed, page.next)
    }
  } finally {
    await writer.close()
  }
  await job.save({ done, total: done })
  return { total: done, fields }
}

async function readPage(
  parts: ExportParts,
  job: RunningJob,
  input: ExportInput,
  after: string | undefined,
): Promise<ExportPage> {
  job.goOn()
  return exportPage(parts, await job.actor(), input.module, input, { after, limit: ROWS_AT_ONCE })
}
