import {
  CommentInputSchema,
  CommentParamsSchema,
  CommentsSchema,
  PageQuerySchema,
  RecordParamsSchema,
  WrittenCommentSchema,
} from '@bailiwick/contract'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { Gateway } from './gateway.ts'
import { limitOf } from './limit-text.ts'

const TAGS = ['records']

/** What people say about a record. */
export function commentRoutes(app: App, gateway: Gateway): void {
  const params = RecordParamsSchema
  const list = {
    tags: TAGS,
    summary: 'The comments on a record, oldest first',
    params,
    querystring: PageQuerySchema,
    response: { 200: CommentsSchema },
  }
  app.get('/api/v1/records/:module/:id/comments', { schema: list }, async (request) => {
    const { module, id } = request.params
    const { limit, cursor } = request.query
    return gateway.comments(requireActor(request), module, id, { cursor, ...limitOf(limit) })
  })
  const add = {
    tags: TAGS,
    summary: 'Comment on a record',
    params,
    body: CommentInputSchema,
    response: { 201: WrittenCommentSchema },
  }
  app.post('/api/v1/records/:module/:id/comments', { schema: add }, async (request, reply) => {
    const { module, id } = request.params
    return reply.code(201).send(await gateway.comment(requireActor(request), module, id, request.body))
  })
  ownCommentRoutes(app, gateway)
}

function ownCommentRoutes(app: App, gateway: Gateway): void {
  const params = CommentParamsSchema
  const edit = {
    tags: TAGS,
    summary: 'Change one’s own comment',
    params,
    body: CommentInputSchema,
    response: { 200: WrittenCommentSchema },
  }
  app.patch('/api/v1/records/:module/:id/comments/:commentId', { schema: edit }, async (request) => {
    const { module, id, commentId } = request.params
    return gateway.editComment(requireActor(request), module, id, commentId, request.body)
  })
  const remove = { tags: TAGS, summary: 'Take one’s own comment away', params, response: { 204: Type.Null() } }
  app.delete('/api/v1/records/:module/:id/comments/:commentId', { schema: remove }, async (request, reply) => {
    const { module, id, commentId } = request.params
    await gateway.deleteComment(requireActor(request), module, id, commentId)
    return reply.code(204).send(null)
  })
}
