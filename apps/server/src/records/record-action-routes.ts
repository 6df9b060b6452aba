import {
  BreakGlassSchema,
  ConfideSchema,
  ManyOutcomeSchema,
  RecordModuleParamsSchema,
  RecordParamsSchema,
  ShareInputSchema,
  ShareManySchema,
  ShareSchema,
  SharesSchema,
  TransferSchema,
  UndoSchema,
  UnshareQuerySchema,
  UnshareSchema,
} from '@bailiwick/contract'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { invalidInput } from '../problem.ts'
import type { Gateway } from './gateway.ts'
import { CHANGED, seenVersion, sendChanged } from './record-answers.ts'

const TAGS = ['records']

/** What is done to a record besides changing its fields. */
export function recordActionRoutes(app: App, gateway: Gateway): void {
  lifecycleRoutes(app, gateway)
  undoRoute(app, gateway)
  shareRoutes(app, gateway)
  glassRoute(app, gateway)
}

function lifecycleRoutes(app: App, gateway: Gateway): void {
  const params = RecordParamsSchema
  const restore = { tags: TAGS, summary: 'Take a record out of the recycle bin', params, response: CHANGED }
  app.post('/api/v1/records/:module/:id/restore', { schema: restore }, async (request, reply) => {
    const { module, id } = request.params
    return sendChanged(reply, await gateway.restore(requireActor(request), module, id))
  })
  const transfer = {
    tags: TAGS,
    summary: 'Give a record to another owner',
    params,
    body: TransferSchema,
    response: CHANGED,
  }
  app.post('/api/v1/records/:module/:id/transfer', { schema: transfer }, async (request, reply) => {
    const { module, id } = request.params
    const seen = seenVersion(request.headers['if-match'])
    return sendChanged(reply, await gateway.transfer(requireActor(request), module, id, request.body, seen))
  })
  const confide = {
    tags: TAGS,
    summary: 'Mark a record confidential, or no longer so',
    params,
    body: ConfideSchema,
    response: CHANGED,
  }
  app.post('/api/v1/records/:module/:id/confidential', { schema: confide }, async (request, reply) => {
    const { module, id } = request.params
    const seen = seenVersion(request.headers['if-match'])
    return sendChanged(reply, await gateway.confide(requireActor(request), module, id, request.body.confidential, seen))
  })
}

function undoRoute(app: App, gateway: Gateway): void {
  const schema = {
    tags: TAGS,
    summary: 'Take back one’s own last change of fields',
    params: RecordParamsSchema,
    body: UndoSchema,
    response: CHANGED,
  }
  app.post('/api/v1/records/:module/:id/undo', { schema }, async (request, reply) => {
    const { module, id } = request.params
    return sendChanged(reply, await gateway.undo(requireActor(request), module, id, request.body.version))
  })
}

function shareRoutes(app: App, gateway: Gateway): void {
  const params = RecordParamsSchema
  const list = { tags: TAGS, summary: 'With whom a record is shared', params, response: { 200: SharesSchema } }
  app.get('/api/v1/records/:module/:id/shares', { schema: list }, async (request) => {
    return { items: await gateway.shares(requireActor(request), request.params.module, request.params.id) }
  })
  const share = {
    tags: TAGS,
    summary: 'Share a record',
    params,
    body: ShareInputSchema,
    response: { 201: SharesSchema },
  }
  app.post('/api/v1/records/:module/:id/shares', { schema: share }, async (request, reply) => {
    const { module, id } = request.params
    const items = await gateway.share(requireActor(request), module, id, request.body)
    return reply.code(201).send({ items })
  })
  const unshare = {
    tags: TAGS,
    summary: 'Take a share away',
    params,
    querystring: UnshareQuerySchema,
    body: Type.Union([UnshareSchema, Type.Null()]),
    response: { 204: Type.Null() },
  }
  app.delete('/api/v1/records/:module/:id/shares', { schema: unshare }, async (request, reply) => {
    const principal = request.query.with ?? request.body?.with
    if (principal === undefined) throw invalidInput([{ path: '/with', message: 'must name whose share to take away' }])
    await gateway.unshare(requireActor(request), request.params.module, request.params.id, principal)
    return reply.code(204).send(null)
  })
  const many = {
    tags: TAGS,
    summary: 'Share many records',
    params: RecordModuleParamsSchema,
    body: ShareManySchema,
    response: { 200: ManyOutcomeSchema },
  }
  app.post('/api/v1/records/:module/shares', { schema: many }, async (request) => {
    const { grants, ...selection } = request.body
    return gateway.shareMany(requireActor(request), request.params.module, selection, grants)
  })
}

function glassRoute(app: App, gateway: Gateway): void {
  const schema = {
    tags: TAGS,
    summary: 'Break the glass: full access to one record for a while, for a reason, told to its owner and the auditors',
    params: RecordParamsSchema,
    body: BreakGlassSchema,
    response: { 201: ShareSchema },
  }
  app.post('/api/v1/records/:module/:id/break-glass', { schema }, async (request, reply) => {
    const { module, id } = request.params
    return reply.code(201).send(await gateway.breakGlass(requireActor(request), module, id, request.body))
  })
}
