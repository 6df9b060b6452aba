import type { FastifyRequest } from 'fastify'
import type { Actor } from './http/actor.ts'
import type { App, Routes } from './http/app.ts'
import type { Surface } from './http/build-server.ts'
import { honourIdempotencyKeys, type MayRead } from './http/idempotency.ts'
import { answerUnderStamp } from './identity/answer-under-stamp.ts'
import { createEntrance } from './identity/entrance.ts'
import type { IdentityParts } from './identity/identity-parts.ts'
import { actFor } from './organizations/act-for.ts'

/** Open to anyone: the rooms look after themselves. */
export function publicSurface(rooms: readonly Routes[]): Surface {
  return { rooms }
}

/** For whoever signs in over the network, by session or key. */
export function signedInSurface(parts: IdentityParts, rooms: readonly Routes[], mayRead: MayRead): Surface {
  return {
    rooms,
    enter: (app: App) => {
      const enter = createEntrance(parts)
      app.addHook('onRequest', (request, reply, done) => letIn(request, enter(request, reply), done))
      answerUnderStamp(app, parts.policies)
      forbidKeeping(app)
      honourIdempotencyKeys(app, parts, mayRead)
    },
  }
}

function letIn(request: FastifyRequest, entering: Actor | Promise<Actor>, done: (error?: Error) => void): void {
  if (entering instanceof Promise) return void entering.then((actor) => letIn(request, actor, done), done)
  request.actor = entering
  done()
}

/** The same rooms on the operator's socket, where the operator says whom he acts for. */
export function actingSurface(parts: IdentityParts, rooms: readonly Routes[], mayRead: MayRead): Surface {
  return {
    rooms,
    enter: (app: App) => {
      app.addHook('onRequest', async (request) => {
        request.actor = await actFor(parts, request)
      })
      forbidKeeping(app)
      honourIdempotencyKeys(app, parts, mayRead)
    },
  }
}

/** What one person may see is kept by no cache on the way, nor by his browser once he may see it no more. */
function forbidKeeping(app: App): void {
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('cache-control', 'no-store')
    done()
  })
}
