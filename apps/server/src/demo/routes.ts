import { DemonstrationSchema, ThrowAwaySchema } from '@bailiwick/contract'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import type { Routes } from '../http/app.ts'
import { canThrowAway, type ThrowAwayParts, throwAway } from './throw-away.ts'

const TAGS = ['demonstration']

/** What can be done with a demonstration that nobody needs any more. */
export function demonstrationRoutes(parts: ThrowAwayParts): Routes {
  return (app) => {
    const read = {
      tags: TAGS,
      summary: 'Whether the organization is a demonstration that one may throw away',
      response: { 200: DemonstrationSchema },
    }
    app.get('/api/v1/demonstration', { schema: read }, async (request) => ({
      canThrowAway: await canThrowAway(parts, requireActor(request)),
    }))
    const remove = {
      tags: TAGS,
      summary: 'Throw the demonstration away, with all that is in it',
      body: ThrowAwaySchema,
      response: { 204: Type.Null() },
    }
    app.delete('/api/v1/demonstration', { schema: remove }, async (request, reply) => {
      await throwAway(parts, requireActor(request), request.body.name)
      return reply.code(204).send(null)
    })
  }
}
