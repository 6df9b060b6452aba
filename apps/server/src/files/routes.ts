import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import {
  FileParamsSchema,
  FileQuerySchema,
  FileSchema,
  FilesSchema,
  PageQuerySchema,
  RecordParamsSchema,
} from '@bailiwick/contract'
import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { App, Routes } from '../http/app.ts'
import { notFound } from '../problem.ts'
import type { Attachment } from '../records/attachments.ts'
import type { Gateway } from '../records/gateway.ts'
import { limitOf } from '../records/limit-text.ts'
import type { FileParts } from './file-parts.ts'
import { receiveFile } from './receive-file.ts'
import { filesOf, incomingPath, pathOf, removeFile, settleFile } from './stored-files.ts'

const TAGS = ['files']
/** A browser shows these and runs nothing of them. */
const SHOWN_INLINE: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const OTHER_TYPE = 'application/octet-stream'
const STORED_NAME_BYTES = 24

/** Files that hang on records: whoever reads the record has them, for as long as he does. */
export function fileRoutes(parts: FileParts, gateway: Gateway): Routes {
  return async (app) => {
    await app.register(multipart)
    recordRoutes(app, parts, gateway)
    downloadRoute(app, parts, gateway)
    const remove = {
      tags: TAGS,
      summary: 'Take a file off its record',
      params: FileParamsSchema,
      response: { 204: Type.Null() },
    }
    app.delete('/api/v1/files/:fileId', { schema: remove }, async (request, reply) => {
      const actor = requireActor(request)
      const stored = await gateway.detach(actor, request.params.fileId)
      await removeFile(pathOf(filesOf(parts.filesFolder, actor.organization), stored))
      return reply.code(204).send(null)
    })
  }
}

function recordRoutes(app: App, parts: FileParts, gateway: Gateway): void {
  const params = RecordParamsSchema
  const list = {
    tags: TAGS,
    summary: 'The files of a record, newest first',
    params,
    querystring: PageQuerySchema,
    response: { 200: FilesSchema },
  }
  app.get('/api/v1/records/:module/:id/files', { schema: list }, async (request) => {
    const { limit, cursor } = request.query
    const { module, id } = request.params
    return gateway.attachments(requireActor(request), module, id, { cursor, ...limitOf(limit) })
  })
  const add = {
    tags: TAGS,
    summary: 'Hang a file on a record',
    description: 'A file as multipart/form-data: `file`.',
    params,
    consumes: ['multipart/form-data'],
    response: { 201: FileSchema },
  }
  app.post('/api/v1/records/:module/:id/files', { schema: add }, async (request, reply) => {
    const { module, id } = request.params
    const actor = requireActor(request)
    await gateway.requireAttachable(actor, module, id)
    const file = await takeIn(parts, gateway, actor, request, { module, id })
    return reply.code(201).header('location', `/api/v1/files/${file.id}`).send(file)
  })
}

/** What is refused, or fails, leaves nothing on disk; what a crash leaves is swept. */
async function takeIn(
  parts: FileParts,
  gateway: Gateway,
  actor: Actor,
  request: FastifyRequest,
  { module, id }: { readonly module: string; readonly id: string },
): Promise<Attachment> {
  const folder = filesOf(parts.filesFolder, actor.organization)
  const stored = parts.random(STORED_NAME_BYTES).toString('hex')
  const incoming = await incomingPath(folder, stored)
  try {
    const received = await receiveFile(request, incoming, parts.largestFile)
    await settleFile(folder, stored, incoming)
    return await gateway.attach(actor, module, id, { ...received, stored })
  } catch (error) {
    await removeFile(incoming)
    await removeFile(pathOf(folder, stored))
    throw error
  }
}

function downloadRoute(app: App, parts: FileParts, gateway: Gateway): void {
  const types = [OTHER_TYPE, ...SHOWN_INLINE]
  const content = Object.fromEntries(types.map((type) => [type, { schema: Type.Unsafe<Readable>(Type.String()) }]))
  const schema = {
    tags: TAGS,
    summary: 'A file',
    params: FileParamsSchema,
    querystring: FileQuerySchema,
    response: { 200: { description: 'The file', content } },
  }
  app.get('/api/v1/files/:fileId', { schema }, async (request, reply) => {
    const actor = requireActor(request)
    const { stored, ...file } = await gateway.attachment(actor, request.params.fileId)
    const place = pathOf(filesOf(parts.filesFolder, actor.organization), stored)
    await stat(place).catch(() => {
      throw notFound()
    })
    const wantsInline = request.query.inline !== undefined && request.query.inline !== 'false'
    return describe(reply, file, wantsInline).send(createReadStream(place))
  })
}

/** Whatever it holds, nothing of it runs here: it is saved, or shown as the picture that it is. */
function describe(reply: FastifyReply, { name, type, size, sha256 }: Attachment, wantsInline: boolean): FastifyReply {
  const isPicture = SHOWN_INLINE.has(type)
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return reply
    .type(isPicture ? type : OTHER_TYPE)
    .header('content-length', size)
    .header('etag', `"${sha256}"`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cross-origin-resource-policy', 'same-origin')
    .header(
      'content-disposition',
      `${wantsInline && isPicture ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`,
    )
}
