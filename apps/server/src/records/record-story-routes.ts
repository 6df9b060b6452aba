import {
  CommentInputSchema,
  CommentSchema,
  CommentsSchema,
  HistorySchema,
  RecordParamsSchema,
  RelatedSchema,
} from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { Gateway } from './gateway.ts'

const TAGS = ['records']

/** What is told around a record: comments, history, and what refers to it. */
export function recordStoryRoutes(app: App, gateway: Gateway): void {
  commentRoutes(app, gateway)
  const params = RecordParamsSchema
  const history = { tags: TAGS, summary: 'Who changed what on a record', params, response: { 200: HistorySchema } }
  app.get('/api/v1/records/:module/:id/history', { schema: history }, async (request) => {
    return { items: await gateway.history(requireActor(request), request.params.module, request.params.id) }
  })
  const related = { tags: TAGS, summary: 'Records that look this one up', params, response: { 200: RelatedSchema } }
  app.get('/api/v1/records/:module/:id/related', { schema: related }, async (request) => {
    return { items: await gateway.related(requireActor(request), request.params.module, request.params.id) }
  })
}

function commentRoutes(app: App, gateway: Gateway): void {
  const params = RecordParamsSchema
  const list = { tags: TAGS, summary: 'The comments on a record', params, response: { 200: CommentsSchema } }
  app.get('/api/v1/records/:module/:id/comments', { schema: list }, async (request) => {
    return { items: await gateway.comments(requireActor(request), request.params.module, request.params.id) }
  })
  const add = {
    tags: TAGS,
    summary: 'Comment on a record',
    params,
    body: CommentInputSchema,
    response: { 201: CommentSchema },
  }
  app.post('/api/v1/records/:module/:id/comments', { schema: add }, async (request, reply) => {
    const { module, id } = request.params
    return reply.code(201).send(await gateway.comment(requireActor(request), module, id, request.body))
  })
}
