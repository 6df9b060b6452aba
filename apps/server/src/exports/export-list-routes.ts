import { stat } from 'node:fs/promises'
import { ExportListSchema, JobListQuerySchema } from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { JobView } from '../jobs/job-view.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import { modulesFor } from '../records/modules-for.ts'
import { exportFile, isKept } from './export-files.ts'
import { EXPORT, type ExportInput, type ExportResult } from './export-job.ts'
import type { ExportParts } from './export-parts.ts'

const MOST_AT_ONCE = 20

/** One's own exports, of the modules that one may export now. */
export function exportListRoute(app: App, parts: ExportParts, jobs: Jobs): void {
  const schema = {
    tags: ['exports'],
    summary: 'One’s own exports, newest first',
    querystring: JobListQuerySchema,
    response: { 200: ExportListSchema },
  }
  app.get('/api/v1/exports', { schema }, async (request) => {
    const actor = requireActor(request)
    const { limit = MOST_AT_ONCE, cursor } = request.query
    const modules = await modulesFor(parts, actor, 'export')
    const { items, next } = await jobs.list(actor, { kind: EXPORT, modules, limit, after: cursor })
    return { items: await Promise.all(items.map((view) => itemOf(parts, view))), next }
  })
}

async function itemOf(parts: ExportParts, view: JobView) {
  const { module, format } = view.input as ExportInput
  const { result: _result, ...job } = present(view)
  const { total } = (view.result ?? {}) as Partial<ExportResult>
  const { createdAt, finishedAt } = view
  const file = (await isFileKept(parts, view)) ? `/api/v1/exports/${view.id}/file` : undefined
  return { ...job, module, format, createdAt, finishedAt, records: total, file }
}

async function isFileKept({ filesFolder, now }: ExportParts, { id, state, input }: JobView): Promise<boolean> {
  if (state !== 'done') return false
  const found = await stat(await exportFile(filesFolder, id, (input as ExportInput).format)).catch(() => undefined)
  return found !== undefined && isKept(found.mtimeMs, now())
}
