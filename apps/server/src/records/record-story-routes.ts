import {
  HistorySchema,
  RecordParamsSchema,
  RelatedSchema,
  TimelineQuerySchema,
  TimelineSchema,
} from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { Gateway } from './gateway.ts'
import { limitOf } from './limit-text.ts'

const TAGS = ['records']

/** What is told around a record: its history, and what refers to it. */
export function recordStoryRoutes(app: App, gateway: Gateway): void {
  const params = RecordParamsSchema
  const history = { tags: TAGS, summary: 'Who changed what on a record', params, response: { 200: HistorySchema } }
  app.get('/api/v1/records/:module/:id/history', { schema: history }, async (request) => {
    return { items: await gateway.history(requireActor(request), request.params.module, request.params.id) }
  })
  const timeline = {
    tags: TAGS,
    summary: 'Comments, changes, activities and files of a record as one stream, newest first',
    params,
    querystring: TimelineQuerySchema,
    response: { 200: TimelineSchema },
  }
  app.get('/api/v1/records/:module/:id/timeline', { schema: timeline }, async (request) => {
    const { module, id } = request.params
    const { limit, ...query } = request.query
    return gateway.timeline(requireActor(request), module, id, { ...query, ...limitOf(limit) })
  })
  const related = { tags: TAGS, summary: 'Records that look this one up', params, response: { 200: RelatedSchema } }
  app.get('/api/v1/records/:module/:id/related', { schema: related }, async (request) => {
    return { items: await gateway.related(requireActor(request), request.params.module, request.params.id) }
  })
}
