import { rm } from 'node:fs/promises'
import { ImportPreviewSchema } from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction } from '../records/stamped.ts'
import { importFiles } from './import-files.ts'
import type { ImportParts } from './import-parts.ts'
import { previewImport } from './preview-import.ts'
import { receiveUpload } from './receive-upload.ts'
import { openTable } from './table.ts'
import { forgetOldUploads, keepUpload, requireUpload } from './uploads.ts'

const FORM = `A form as for an import. Nothing comes of it but an answer; the file is kept for an hour, and its id can be sent as \`upload\`
in place of the file, by whoever sent it.`

/** What an import would come to, before it is asked for. */
export function previewRoute(app: App, parts: ImportParts): void {
  const schema = {
    tags: ['imports'],
    summary: 'Look at a file: how it is read, what its columns seem to be, and what is wrong with it',
    description: FORM,
    consumes: ['multipart/form-data'],
    response: { 200: ImportPreviewSchema },
  }
  app.post('/api/v1/imports/preview', { schema, config: { changesNothing: true } }, async (request) =>
    preview(parts, requireActor(request), request),
  )
}

async function preview(parts: ImportParts, actor: Actor, request: FastifyRequest) {
  await forgetOldUploads(parts)
  const files = await importFiles(parts.filesFolder, parts.newId())
  try {
    const { request: wanted, upload } = await receiveUpload(request, files.source)
    await inTransaction(parts, actor, async (reading) => void requireModule(reading, wanted.module, 'import'))
    const source = upload === undefined ? files.source : await requireUpload(parts, actor, upload)
    const told = await previewImport(parts, actor, wanted, await openTable(source, wanted.options))
    return { ...told, upload: upload ?? (await keepUpload(parts, actor, files.source)) }
  } finally {
    await rm(files.folder, { recursive: true, force: true })
  }
}
