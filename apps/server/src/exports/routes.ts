import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import {
  ExportPreviewRequestSchema,
  ExportPreviewSchema,
  ExportRequestSchema,
  ExportSchema,
  JobParamsSchema,
} from '@bailiwick/contract'
import Type, { type Static } from 'typebox'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { App, Routes } from '../http/app.ts'
import type { JobView } from '../jobs/job-view.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import { notFound } from '../problem.ts'
import { exportPage, foretellExport } from '../records/export-page.ts'
import { type ExportFormat, forgetOldExports } from './export-files.ts'
import { EXPORT, type ExportInput } from './export-job.ts'
import { exportListRoute } from './export-list-routes.ts'
import type { ExportParts } from './export-parts.ts'
import { requireStillHis } from './require-still-his.ts'
import { findKeptFile, toldFile } from './told-file.ts'

const TAGS = ['exports']
const TYPES: { readonly [format in ExportFormat]: string } = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/jsonl; charset=utf-8',
}

/** Records out, in bulk: a request becomes a job, and the job a file that only whoever asked can fetch. */
export function exportRoutes(parts: ExportParts, jobs: Jobs): Routes {
  return (app) => {
    const ask = { tags: TAGS, summary: 'Export records', body: ExportRequestSchema, response: { 202: ExportSchema } }
    app.post('/api/v1/exports', { schema: ask }, async (request, reply) => {
      const actor = requireActor(request)
      const input = inputOf(request.body)
      await forgetOldExports(parts.filesFolder, parts.now())
      await exportPage(parts, actor, input.module, input, { limit: 1 })
      const id = await jobs.enqueue(actor, EXPORT, input)
      reply.code(202).header('location', `/api/v1/exports/${id}`)
      return presentExport(parts, actor, await jobs.find(actor, id, EXPORT))
    })
    const params = JobParamsSchema
    const read = { tags: TAGS, summary: 'How an export is doing', params, response: { 200: ExportSchema } }
    app.get('/api/v1/exports/:id', { schema: read }, async (request) => {
      const actor = requireActor(request)
      return presentExport(parts, actor, await jobs.find(actor, request.params.id, EXPORT))
    })
    fileRoute(app, parts, jobs)
    exportListRoute(app, parts, jobs)
    previewRoute(app, parts)
  }
}

/** What would be in and what not, before it is asked for; of fields that don't exist for whoever asks, nothing is said. */
function previewRoute(app: App, parts: ExportParts): void {
  const schema = {
    tags: TAGS,
    summary: 'What an export would hold, and what it would leave out',
    body: ExportPreviewRequestSchema,
    response: { 200: ExportPreviewSchema },
  }
  app.post('/api/v1/exports/preview', { schema, config: { changesNothing: true } }, async (request) => {
    const { module, ...query } = request.body
    const { count, fields } = await foretellExport(parts, requireActor(request), module, query)
    const named = fields.map(({ field: { key, name }, access }) => ({ field: key, name, masked: access === 'masked' }))
    const leftOut = named.filter(({ masked }) => masked)
    return {
      count,
      fields: named,
      leftOut: leftOut.map(({ field, name }) => ({ field, name, reason: 'masked' as const })),
    }
  })
}

function inputOf({ module, format, filter, sort, fields }: Static<typeof ExportRequestSchema>): ExportInput {
  const keys = typeof fields === 'string' ? fields.split(',').map((key) => key.trim()) : fields
  return { module, format, filter, sort, fields: keys }
}

function fileRoute(app: App, parts: ExportParts, jobs: Jobs): void {
  const content = Object.fromEntries(
    Object.values(TYPES).map((type) => [type.split(';')[0], { schema: Type.Unsafe<Readable>(Type.String()) }]),
  )
  const schema = {
    tags: TAGS,
    summary: 'The file of an export',
    params: JobParamsSchema,
    response: { 200: { description: 'The records', content } },
  }
  app.get('/api/v1/exports/:id/file', { schema }, async (request, reply) => {
    const actor = requireActor(request)
    const view = await jobs.find(actor, request.params.id, EXPORT)
    const { module, format } = view.input as ExportInput
    const path = await findKeptFile(parts, view)
    if (path === undefined) throw notFound()
    await requireStillHis(parts, actor, view, path)
    reply.type(TYPES[format]).header('content-disposition', `attachment; filename="${module}-${view.id}.${format}"`)
    return reply.send(createReadStream(path))
  })
}

async function presentExport(parts: ExportParts, actor: Actor, view: JobView) {
  const { result: _result, ...job } = present(view)
  return { ...job, ...(await toldFile(parts, actor, view)) }
}
