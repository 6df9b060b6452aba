import { InvitationSchema, NewInvitationSchema, PeopleSchema, PersonParamsSchema } from '@bailiwick/contract'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import type { Routes } from '../http/app.ts'
import type { InvitationParts } from './invitation-parts.ts'
import { invite } from './invite.ts'
import { listPeople } from './list-people.ts'
import { withdraw } from './withdraw.ts'

const TAGS = ['people']
const MINUTE = 60_000

/** Who there is and who can sign in; and invitations. */
export function peopleRoutes(parts: InvitationParts): Routes {
  return (app) => {
    const list = {
      tags: TAGS,
      summary: 'The users of the organization, and whether they have a sign-in',
      response: { 200: PeopleSchema },
    }
    app.get('/api/v1/people', { schema: list }, async (request) => ({
      items: await listPeople(parts, requireActor(request)),
    }))

    const make = {
      tags: TAGS,
      summary: 'Make a link by which a user gets his first sign-in; the one before ends',
      params: PersonParamsSchema,
      body: NewInvitationSchema,
      response: { 201: InvitationSchema },
    }
    const config = { rateLimit: { max: 120, timeWindow: MINUTE }, tellsOnce: true } as const
    app.post('/api/v1/people/:key/invitation', { schema: make, config }, async (request, reply) => {
      const { key } = request.params
      return reply.code(201).send(await invite(parts, requireActor(request), key, request.body.language))
    })

    const end = {
      tags: TAGS,
      summary: 'End the link of a user before it is followed',
      params: PersonParamsSchema,
      response: { 204: Type.Null() },
    }
    app.delete('/api/v1/people/:key/invitation', { schema: end }, async (request, reply) => {
      await withdraw(parts, requireActor(request), request.params.key)
      return reply.code(204).send(null)
    })
  }
}
