import {
  NewViewSchema,
  ViewChangeSchema,
  ViewParamsSchema,
  ViewSchema,
  ViewsQuerySchema,
  ViewsSchema,
} from '@bailiwick/contract'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import type { RecordsParts } from '../records/parts.ts'
import { changeView, createView, deleteView } from './change-views.ts'
import { listViews } from './views.ts'

const TAGS = ['views']

/** Saved views: one's own, and those that are shared with one. */
export function viewRoutes(parts: RecordsParts): Routes {
  return (app) => {
    compareStamps(app)
    const list = { tags: TAGS, summary: 'One’s views', querystring: ViewsQuerySchema, response: { 200: ViewsSchema } }
    app.get('/api/v1/views', { schema: list }, async (request) => {
      return { items: await listViews(parts, requireActor(request), request.query.module) }
    })
    const create = { tags: TAGS, summary: 'Save a view', body: NewViewSchema, response: { 201: ViewSchema } }
    app.post('/api/v1/views', { schema: create }, async (request, reply) => {
      const view = await createView(parts, requireActor(request), request.body)
      return reply.code(201).header('location', `/api/v1/views/${view.id}`).send(view)
    })
    const change = {
      tags: TAGS,
      summary: 'Change a view',
      params: ViewParamsSchema,
      body: ViewChangeSchema,
      response: { 200: ViewSchema },
    }
    app.patch('/api/v1/views/:id', { schema: change }, async (request) => {
      return changeView(parts, requireActor(request), request.params.id, request.body)
    })
    const remove = { tags: TAGS, summary: 'Delete a view', params: ViewParamsSchema, response: { 204: Type.Null() } }
    app.delete('/api/v1/views/:id', { schema: remove }, async (request, reply) => {
      await deleteView(parts, requireActor(request), request.params.id)
      return reply.code(204).send(null)
    })
  }
}
