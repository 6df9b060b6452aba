import {
  AccessPreviewInputSchema,
  AccessPreviewSchema,
  AudienceQuerySchema,
  AudienceSchema,
  ExplainQuerySchema,
  ExplanationSchema,
  MentionableQuerySchema,
  MentionableSchema,
  RecordAccessSchema,
  RecordParamsSchema,
} from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { Gateway } from './gateway.ts'
import { limitOf } from './limit-text.ts'

const TAGS = ['records']
const params = RecordParamsSchema

/** Who can see a record and why, what would change that, and whom one can mention on it. */
export function recordAccessRoutes(app: App, gateway: Gateway): void {
  explainRoutes(app, gateway)
  panelRoutes(app, gateway)
  const mentionable = {
    tags: TAGS,
    summary: 'Active people to mention on a record, and whether they can see it',
    params,
    querystring: MentionableQuerySchema,
    response: { 200: MentionableSchema },
  }
  app.get('/api/v1/records/:module/:id/mentionable', { schema: mentionable }, async (request) => {
    const { module, id } = request.params
    const { q, limit } = request.query
    return gateway.mentionable(requireActor(request), module, id, { q, ...limitOf(limit) })
  })
}

function explainRoutes(app: App, gateway: Gateway): void {
  const explain = {
    tags: TAGS,
    summary: 'Why a person may, or may not, do something to a record',
    params,
    querystring: ExplainQuerySchema,
    response: { 200: ExplanationSchema },
  }
  app.get('/api/v1/records/:module/:id/explain', { schema: explain }, async (request) => {
    const { module, id } = request.params
    return gateway.explain(requireActor(request), module, id, request.query)
  })
  const audience = {
    tags: TAGS,
    summary: 'Everyone who can see a record, or do something else to it, and why',
    params,
    querystring: AudienceQuerySchema,
    response: { 200: AudienceSchema },
  }
  app.get('/api/v1/records/:module/:id/audience', { schema: audience }, async (request) => {
    const { module, id } = request.params
    const { limit, ...query } = request.query
    return gateway.audience(requireActor(request), module, id, { ...query, ...limitOf(limit) })
  })
}

function panelRoutes(app: App, gateway: Gateway): void {
  const access = {
    tags: TAGS,
    summary: 'One’s own access to a record, and what one may do about others’',
    params,
    response: { 200: RecordAccessSchema },
  }
  app.get('/api/v1/records/:module/:id/access', { schema: access }, async (request) => {
    return gateway.access(requireActor(request), request.params.module, request.params.id)
  })
  const preview = {
    tags: TAGS,
    summary: 'Who would gain and who would lose by a share, a transfer or a mark of confidentiality',
    params,
    body: AccessPreviewInputSchema,
    response: { 200: AccessPreviewSchema },
  }
  app.post(
    '/api/v1/records/:module/:id/access/preview',
    { schema: preview, config: { changesNothing: true } },
    async (request) => {
      const { module, id } = request.params
      return gateway.previewAccess(requireActor(request), module, id, request.body)
    },
  )
}
