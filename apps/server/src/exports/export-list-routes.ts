import { ExportListSchema, JobListQuerySchema } from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { JobView } from '../jobs/job-view.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import { modulesFor } from '../records/modules-for.ts'
import { EXPORT, type ExportInput, type ExportResult } from './export-job.ts'
import type { ExportParts } from './export-parts.ts'
import { toldFile } from './told-file.ts'

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
    const told = []
    // One after the other: a list takes no more connections than any other request.
    for (const view of items) told.push(await itemOf(parts, actor, view))
    return { items: told, next }
  })
}

async function itemOf(parts: ExportParts, actor: Actor, view: JobView) {
  const { module, format } = view.input as ExportInput
  const { result: _result, ...job } = present(view)
  const { total } = (view.result ?? {}) as Partial<ExportResult>
  const { createdAt, finishedAt } = view
  return { ...job, module, format, createdAt, finishedAt, records: total, ...(await toldFile(parts, actor, view)) }
}
