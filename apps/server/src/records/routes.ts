import {
  AggregateQuestionSchema,
  AggregateSchema,
  CreatedSchema,
  DuplicatesQuestionSchema,
  DuplicatesSchema,
  ListQuerySchema,
  ListSchema,
  RecordBodySchema,
  RecordModuleParamsSchema,
  RecordParamsSchema,
  RecordQuerySchema,
  RecordSchema,
} from '@bailiwick/contract'
import Type, { type Static } from 'typebox'
import { requireActor } from '../http/actor.ts'
import { type App, compareStamps, type Routes } from '../http/app.ts'
import { parseJson } from '../http/json-text.ts'
import { invalidInput, Problem } from '../problem.ts'
import { commentRoutes } from './comment-routes.ts'
import type { Gateway } from './gateway.ts'
import { limitOf } from './limit-text.ts'
import type { ListQuery } from './list-query.ts'
import { recordAccessRoutes } from './record-access-routes.ts'
import { recordActionRoutes } from './record-action-routes.ts'
import { CHANGED, seenVersion, sendChanged, setVersion, writeRecords } from './record-answers.ts'
import { recordStoryRoutes } from './record-story-routes.ts'

const TAGS = ['records']
const ANSWERS = { serializerCompiler: writeRecords }

/** Everything about records over HTTP. */
export function recordRoutes(gateway: Gateway): Routes {
  return (app) => {
    compareStamps(app)
    collectionRoutes(app, gateway)
    itemRoutes(app, gateway)
    recordActionRoutes(app, gateway)
    commentRoutes(app, gateway)
    recordStoryRoutes(app, gateway)
    recordAccessRoutes(app, gateway)
  }
}

function collectionRoutes(app: App, gateway: Gateway): void {
  const params = RecordModuleParamsSchema
  const list = {
    tags: TAGS,
    summary: 'The records of a module that one reads',
    params,
    querystring: ListQuerySchema,
    response: { 200: ListSchema },
  }
  app.get('/api/v1/records/:module', { schema: list, ...ANSWERS }, async (request) => {
    return gateway.list(requireActor(request), request.params.module, listQuery(request.query))
  })
  const create = {
    tags: TAGS,
    summary: 'Create a record',
    params,
    body: RecordBodySchema,
    response: { 201: CreatedSchema },
  }
  app.post('/api/v1/records/:module', { schema: create, ...ANSWERS }, async (request, reply) => {
    const { id, item } = await gateway.create(requireActor(request), request.params.module, request.body)
    reply.code(201).header('location', `/api/v1/records/${request.params.module}/${id}`)
    if (item) setVersion(reply, item.version)
    return item ?? { id }
  })
  const aggregate = {
    tags: TAGS,
    summary: 'Counts and sums by groups',
    params,
    body: AggregateQuestionSchema,
    response: { 200: AggregateSchema },
  }
  app.post(
    '/api/v1/records/:module/aggregate',
    { schema: aggregate, config: { changesNothing: true } },
    async (request) => {
      return gateway.aggregate(requireActor(request), request.params.module, request.body)
    },
  )
  const duplicates = {
    tags: TAGS,
    summary: 'Records that are likely the same as one of these values',
    params,
    body: DuplicatesQuestionSchema,
    response: { 200: DuplicatesSchema },
  }
  app.post(
    '/api/v1/records/:module/duplicates',
    { schema: duplicates, config: { changesNothing: true } },
    async (request) => {
      return { items: await gateway.duplicates(requireActor(request), request.params.module, request.body) }
    },
  )
}

/** Query texts as the gateway takes them. @throws Problem 422 where the filter isn't JSON or the limit no number. */
function listQuery({ filter, limit, deleted, ...rest }: Static<typeof ListQuerySchema>): ListQuery {
  return {
    ...rest,
    ...(filter === undefined ? {} : { filter: parseFilter(filter) }),
    ...limitOf(limit),
    deleted: deleted === 'true',
  }
}

function parseFilter(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof Problem) throw invalidInput([{ path: '/filter', message: 'must be JSON' }])
    throw error
  }
}

function itemRoutes(app: App, gateway: Gateway): void {
  const params = RecordParamsSchema
  const querystring = RecordQuerySchema
  const read = { tags: TAGS, summary: 'One record', params, querystring, response: { 200: RecordSchema } }
  app.get('/api/v1/records/:module/:id', { schema: read, ...ANSWERS }, async (request, reply) => {
    const { params, query } = request
    const item = await gateway.read(requireActor(request), params.module, params.id, query.fields)
    setVersion(reply, item.version)
    return item
  })
  const change = { tags: TAGS, summary: 'Change fields of a record', params, body: RecordBodySchema, response: CHANGED }
  app.patch('/api/v1/records/:module/:id', { schema: change, ...ANSWERS }, async (request, reply) => {
    const { module, id } = request.params
    const seen = seenVersion(request.headers['if-match'])
    return sendChanged(reply, await gateway.update(requireActor(request), module, id, request.body, seen))
  })
  const remove = { tags: TAGS, summary: 'Put a record into the recycle bin', params, response: { 204: Type.Null() } }
  app.delete('/api/v1/records/:module/:id', { schema: remove }, async (request, reply) => {
    const { module, id } = request.params
    await gateway.delete(requireActor(request), module, id, seenVersion(request.headers['if-match']))
    return reply.code(204).send(null)
  })
}
