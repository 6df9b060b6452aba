import { createReadStream } from 'node:fs'
import { copyFile, rm, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { ImportSchema, JobParamsSchema } from '@bailiwick/contract'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { App, Routes } from '../http/app.ts'
import type { JobView } from '../jobs/job-view.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import { notFound } from '../problem.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction } from '../records/stamped.ts'
import { BYTE_ORDER_MARK } from './csv-line.ts'
import { forgetOldImports, importFiles } from './import-files.ts'
import { IMPORT } from './import-job.ts'
import { importListRoutes } from './import-list-routes.ts'
import { forgetOldNotes } from './import-notes.ts'
import type { ImportParts } from './import-parts.ts'
import type { ImportPosition, ImportResult } from './import-position.ts'
import { planImport } from './plan-import.ts'
import { previewRoute } from './preview-routes.ts'
import { receiveUpload, UPLOAD_LIMITS } from './receive-upload.ts'
import { rememberMapping } from './remembered-mappings.ts'
import type { ImportRequest } from './run-import.ts'
import { openTable } from './table.ts'
import { requireUpload } from './uploads.ts'

const TAGS = ['imports']
const UPLOAD = `A file as multipart/form-data: \`file\` (CSV, TSV or XLSX; or \`upload\`, the id that a preview gave it), \`module\`, and
optionally \`mapping\` (JSON: columns, owner, defaults, key), \`options\` (JSON: encoding, separator, quote, headerRow, sheet, dateOrder,
decimal, match), \`overwrite\` and \`dryRun\` (true or false).`

/** Files in: an upload becomes a job, and what was rejected comes back with the reasons. */
export function importRoutes(parts: ImportParts, jobs: Jobs): Routes {
  return async (app) => {
    await app.register(multipart, { limits: UPLOAD_LIMITS })
    uploadRoute(app, parts, jobs)
    const params = JobParamsSchema
    const read = { tags: TAGS, summary: 'How an import is doing', params, response: { 200: ImportSchema } }
    app.get('/api/v1/imports/:id', { schema: read }, async (request) => {
      return presentImport(await jobs.find(requireActor(request), request.params.id, IMPORT))
    })
    rejectedRoute(app, parts, jobs)
    previewRoute(app, parts)
    importListRoutes(app, parts, jobs)
  }
}

function uploadRoute(app: App, parts: ImportParts, jobs: Jobs): void {
  const schema = {
    tags: TAGS,
    summary: 'Import a file',
    description: UPLOAD,
    consumes: ['multipart/form-data'],
    response: { 202: ImportSchema },
  }
  app.post('/api/v1/imports', { schema }, async (request, reply) => {
    const actor = requireActor(request)
    const id = await takeIn(parts, jobs, actor, request)
    reply.code(202).header('location', `/api/v1/imports/${id}`)
    return presentImport(await jobs.find(actor, id, IMPORT))
  })
}

/** What is wrong with the request as a whole is told at once, and nothing stays of it. */
async function takeIn(parts: ImportParts, jobs: Jobs, actor: Actor, request: FastifyRequest): Promise<string> {
  await forgetOldImports(parts.filesFolder, parts.now())
  await forgetOldNotes(parts.database.organization(actor.organization), parts.now())
  const id = parts.newId()
  const files = await importFiles(parts.filesFolder, id)
  try {
    const { request: wanted, upload } = await receiveUpload(request, files.source)
    await inTransaction(parts, actor, async (reading) => void requireModule(reading, wanted.module, 'import'))
    if (upload !== undefined) await copyFile(await requireUpload(parts, actor, upload), files.source)
    await requirePlan(parts, actor, wanted, files.source)
    return await jobs.enqueue(actor, IMPORT, wanted, id)
  } catch (error) {
    await rm(files.folder, { recursive: true, force: true })
    throw error
  }
}

async function requirePlan(parts: ImportParts, actor: Actor, wanted: ImportRequest, source: string): Promise<void> {
  const { module, mapping, options, dryRun } = wanted
  const { header } = await openTable(source, options)
  const asked = { match: options?.match }
  await inTransaction(parts, actor, async (reading) => void planImport(reading, module, header, mapping, asked))
  if (!dryRun) await rememberMapping(parts, actor, wanted, header)
}

function rejectedRoute(app: App, parts: ImportParts, jobs: Jobs): void {
  const schema = {
    tags: TAGS,
    summary: 'The rows that were rejected, each with its reasons',
    params: JobParamsSchema,
    response: {
      200: { description: 'CSV', content: { 'text/csv': { schema: Type.Unsafe<Readable | string>(Type.String()) } } },
    },
  }
  app.get('/api/v1/imports/:id/rejected.csv', { schema }, async (request, reply) => {
    const { id, saved } = await jobs.find(requireActor(request), request.params.id, IMPORT)
    const { rejected } = await importFiles(parts.filesFolder, id)
    const { rejectedBytes = 0, rejected: count = 0 } = (saved ?? {}) as Partial<ImportPosition>
    reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="rejected-${id}.csv"`)
    if (count === 0) return reply.send(BYTE_ORDER_MARK)
    await stat(rejected).catch(() => {
      throw notFound() // it was kept for a week
    })
    return reply.send(createReadStream(rejected, { end: rejectedBytes - 1 }))
  })
}

export function presentImport(view: JobView) {
  const {
    created = 0,
    updated = 0,
    rejected = 0,
    columns = {},
    unmapped = [],
  } = (view.saved ?? {}) as Partial<ImportPosition>
  const { dryRun = false } = view.input as Partial<ImportRequest>
  const { tried } = (view.result ?? {}) as Partial<ImportResult>
  const { result: _result, ...job } = present(view)
  return { ...job, created, updated, rejected, dryRun, columns, unmapped, tried }
}
