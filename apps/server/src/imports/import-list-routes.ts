import {
  ImportListSchema,
  JobListQuerySchema,
  JobParamsSchema,
  JobSchema,
  MappingListSchema,
  MappingsQuerySchema,
  UndoImportSchema,
} from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { JobView } from '../jobs/job-view.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import { modulesFor } from '../records/modules-for.ts'
import { IMPORT } from './import-job.ts'
import { findNoted } from './import-notes.ts'
import type { ImportParts } from './import-parts.ts'
import type { ImportPosition } from './import-position.ts'
import { rememberedMappings } from './remembered-mappings.ts'
import type { ImportRequest } from './run-import.ts'
import { requireUndo } from './start-undo.ts'
import { UNDO_IMPORT } from './undo-job.ts'

const TAGS = ['imports']
const MOST_AT_ONCE = 20

/** One's own imports, how one mapped their columns, and the way back. */
export function importListRoutes(app: App, parts: ImportParts, jobs: Jobs): void {
  const list = {
    tags: TAGS,
    summary: 'One’s own imports, newest first',
    querystring: JobListQuerySchema,
    response: { 200: ImportListSchema },
  }
  app.get('/api/v1/imports', { schema: list }, async (request) => {
    return listImports(parts, jobs, requireActor(request), request.query)
  })
  const mappings = {
    tags: TAGS,
    summary: 'How one mapped columns before, by the header of the file',
    querystring: MappingsQuerySchema,
    response: { 200: MappingListSchema },
  }
  app.get('/api/v1/imports/mappings', { schema: mappings }, async (request) => {
    return { items: await rememberedMappings(parts, requireActor(request), request.query.module) }
  })
  undoRoute(app, parts, jobs)
}

function undoRoute(app: App, parts: ImportParts, jobs: Jobs): void {
  const schema = {
    tags: TAGS,
    summary: 'Undo an import, as a job',
    description: `What it made goes into the recycle bin, what it changed gets back what it held; what was changed since is left.`,
    params: JobParamsSchema,
    body: UndoImportSchema,
    response: { 202: JobSchema },
  }
  app.post('/api/v1/imports/:id/undo', { schema }, async (request, reply) => {
    const actor = requireActor(request)
    const input = await requireUndo(parts, jobs, actor, request.params.id, request.body.force ?? false)
    const id = await jobs.enqueue(actor, UNDO_IMPORT, input)
    reply.code(202).header('location', `/api/v1/jobs/${id}`)
    return present(await jobs.find(actor, id))
  })
}

async function listImports(
  parts: ImportParts,
  jobs: Jobs,
  actor: Actor,
  { limit = MOST_AT_ONCE, cursor }: { readonly limit?: number; readonly cursor?: string },
) {
  const modules = await modulesFor(parts, actor, 'import')
  const { items, next } = await jobs.list(actor, { kind: IMPORT, modules, limit, after: cursor })
  const database = parts.database.organization(actor.organization)
  const noted = await findNoted(
    database,
    items.map(({ id }) => id),
  )
  return { items: items.map((view) => itemOf(view, noted.has(view.id))), next }
}

function itemOf(view: JobView, isNoted: boolean) {
  const { module, fileName, dryRun } = view.input as ImportRequest
  const { created = 0, updated = 0, rejected = 0 } = (view.saved ?? {}) as Partial<ImportPosition>
  const { result: _result, ...job } = present(view)
  const { createdAt, finishedAt } = view
  const undo = { possible: isNoted && finishedAt !== null }
  return { ...job, module, fileName, dryRun, created, updated, rejected, createdAt, finishedAt, undo }
}
