import { EventsQuerySchema, PresenceInputSchema, PresenceSchema, RecordParamsSchema } from '@bailiwick/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { Routes } from '../http/app.ts'
import { problem } from '../problem.ts'
import { requireAtRecord } from '../records/watched-records.ts'
import { EventWriter } from './event-writer.ts'
import type { LiveHub } from './hub.ts'
import type { LiveParts } from './live-parts.ts'
import { peopleAt } from './people-at.ts'
import type { LiveStream } from './stream.ts'
import { readWatch } from './watch.ts'

const TAGS = ['live']
const EVENT_STREAM = 'text/event-stream'

/** Who a request's credential speaks for, asked again while its answer lasts. */
export type AdmitAgain = (request: FastifyRequest, reply: FastifyReply) => Promise<Actor>

/** What happens, as it happens; and who is at a record. */
export function liveRoutes(parts: LiveParts, hub: LiveHub, admitAgain: AdmitAgain): Routes {
  return (app) => {
    const door = new Door()
    app.addHook('preClose', async () => door.close())
    const events = {
      tags: TAGS,
      summary: 'A stream of what happens, as far as one sees it',
      querystring: EventsQuerySchema,
      response: { 200: { description: 'Server-sent events.', content: { [EVENT_STREAM]: { schema: Type.String() } } } },
    }
    app.get('/api/v1/events', { schema: events }, async (request, reply) => {
      const actor = requireActor(request)
      if (!accepts(request.headers.accept)) {
        throw problem(406, 'not-acceptable', `This is answered as ${EVENT_STREAM}: say so in Accept.`)
      }
      const watch = readWatch(request.query)
      // To ask how it would be answered opens none.
      if (request.method === 'HEAD') return reply.type(EVENT_STREAM).send('')
      hub.requireRoom(actor)
      reply.hijack()
      const writer = new EventWriter(reply.raw, reply.getHeaders())
      const stream = await hub.open({ actor, watch, writer, admitAgain: () => admitAgain(request, reply) })
      door.add(stream, writer)
      const { seconds } = request.query
      if (seconds === undefined) return
      const timer = setTimeout(() => stream.end('enough'), Number(seconds) * 1_000)
      writer.onClose(() => clearTimeout(timer))
    })
    const presence = {
      tags: TAGS,
      summary: 'Say that one is at a record; for a minute',
      params: RecordParamsSchema,
      body: PresenceInputSchema,
      response: { 200: PresenceSchema },
    }
    app.post(
      '/api/v1/records/:module/:id/presence',
      { schema: presence, config: { changesNothing: true } },
      async (request) => {
        const actor = requireActor(request)
        const { module, id } = request.params
        const { editing, away = false } = request.body
        const snapshot = await requireAtRecord(parts, actor, { module, id, editing })
        const here = { module, id: id.toLowerCase(), user: actor.user, editing, away }
        return { people: peopleAt(snapshot, await hub.notePresence(actor, here)) }
      },
    )
  }
}

/** The streams that came in through one server: it says good-bye to them when it stops, and to nobody else's. */
class Door {
  readonly #streams = new Set<LiveStream>()
  #isClosed = false

  add(stream: LiveStream, writer: EventWriter): void {
    this.#streams.add(stream)
    writer.onClose(() => this.#streams.delete(stream))
    if (this.#isClosed) stream.end('stopping')
  }

  close(): void {
    this.#isClosed = true
    for (const stream of this.#streams) stream.end('stopping')
  }
}

/** Browsers' own readers of such streams always say it. */
function accepts(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((part) => part.split(';')[0]?.trim().toLowerCase() === EVENT_STREAM)
}
