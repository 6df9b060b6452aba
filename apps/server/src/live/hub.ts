import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { retryOnConflict } from '../db/retry.ts'
import { tooManyRequests } from '../http/protection.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { LIVE_CHANNEL } from '../records/notices.ts'
import type { LiveParts } from './live-parts.ts'
import { type LiveMessage, type PresenceMessage, readMessage } from './messages.ts'
import { Presence } from './presence.ts'
import { LiveRelay } from './relay.ts'
import { type Farewell, LiveStream, type StreamPlace } from './stream.ts'

/** Streams that one person may have open on one process: pages that he forgot are no reason to serve any number. */
const MOST_PER_PERSON = 10
const COME_BACK_AFTER_MS = 10_000
/** So long an organization's writers tell of what they write, after they were last asked to. */
const TOLD_FOR_SECONDS = 120
const ASK_AGAIN_EVERY_MS = 30_000
const EXPIRE_EVERY_MS = 10_000

/** Everybody who listens to this process, and who is where. */
export class LiveHub {
  readonly #parts: LiveParts
  readonly #streams = new Map<string, Set<LiveStream>>()
  readonly #presence = new Presence()
  readonly #relay: LiveRelay
  readonly #timers: NodeJS.Timeout[] = []
  #stopListening: (() => void) | undefined
  #isStopping = false

  constructor(parts: LiveParts) {
    this.#parts = parts
    this.#relay = new LiveRelay(parts, () => this.#streams.size > 0)
  }

  async start(): Promise<void> {
    this.#stopListening = await this.#parts.database.listen(LIVE_CHANNEL, (text) => this.#hear(text))
    this.#relay.start()
    this.#timers.push(setInterval(() => void this.#askAll(), ASK_AGAIN_EVERY_MS).unref())
    this.#timers.push(setInterval(() => this.#expire(), EXPIRE_EVERY_MS).unref())
  }

  stop(): void {
    this.#isStopping = true
    this.#endAll('stopping')
    this.#relay.stop()
    this.#stopListening?.()
    for (const timer of this.#timers) clearInterval(timer)
  }

  /** @throws Problem 429 where the person has as many streams as he may */
  requireRoom({ organization, user }: Actor): void {
    const own = [...this.#of(organization.schema)].filter(({ actor }) => actor.user === user)
    if (own.length >= MOST_PER_PERSON) throw tooManyRequests(COME_BACK_AFTER_MS)
  }

  /** Serves a reader until he goes, or is let in no more. */
  async open(place: Omit<StreamPlace, 'presence'>): Promise<LiveStream> {
    const { organization } = place.actor
    const stream = new LiveStream(this.#parts, { ...place, presence: this.#presence })
    const streams = this.#of(organization.schema)
    this.#streams.set(organization.schema, streams.add(stream))
    place.writer.onClose(() => {
      streams.delete(stream)
      if (streams.size === 0) this.#streams.delete(organization.schema)
    })
    if (this.#isStopping) stream.end('stopping')
    await this.#askToTell(organization)
    await stream.begin()
    return stream
  }

  /** Notes it here and tells the other processes. @returns who is at the record now */
  async notePresence({ organization }: Actor, presence: PresenceMessage) {
    const now = this.#parts.now()
    this.#notePresence({ schema: organization.schema, presence })
    const message = JSON.stringify({ schema: organization.schema, presence })
    await sql`select pg_notify(${LIVE_CHANNEL}, ${message})`.execute(this.#parts.database.control)
    return this.#presence.at(organization.schema, presence.module, presence.id, now)
  }

  #of(schema: string): Set<LiveStream> {
    return this.#streams.get(schema) ?? new Set()
  }

  #all(): LiveStream[] {
    return [...this.#streams.values()].flatMap((streams) => [...streams])
  }

  #endAll(reason: Farewell): void {
    for (const stream of this.#all()) stream.end(reason)
  }

  /** An empty text says that the connection broke meanwhile: what was missed is nowhere written down, so everybody begins anew. */
  #hear(text: string): void {
    const message = readMessage(text)
    if (!message) this.#endAll('behind')
    else if (message.presence) this.#notePresence(message)
    else for (const stream of this.#of(message.schema)) this.#pass(stream, message)
  }

  #pass(stream: LiveStream, message: LiveMessage): void {
    if (message.receivers) void this.#passToReceiver(stream, message).catch(this.#complain)
    else stream.hear(message)
  }

  async #passToReceiver(stream: LiveStream, message: LiveMessage): Promise<void> {
    const { organization, user } = stream.actor
    const { owners } = await this.#parts.policies.current(organization)
    const id = owners.idOf(`user:${user}`)
    if (id !== undefined && message.receivers?.includes(id)) stream.hear(message)
  }

  #notePresence({ schema, presence }: LiveMessage): void {
    if (!presence || !this.#presence.note(schema, presence, this.#parts.now())) return
    for (const stream of this.#of(schema)) stream.hear({ schema, presence })
  }

  #expire(): void {
    for (const { schema, module, id } of this.#presence.expire(this.#parts.now())) {
      const presence = { module, id, user: '', editing: false, away: true }
      for (const stream of this.#of(schema)) stream.hear({ schema, presence })
    }
  }

  async #askAll(): Promise<void> {
    const places = new Map(this.#all().map(({ actor }) => [actor.organization.schema, actor.organization]))
    for (const place of places.values()) await this.#askToTell(place).catch(this.#complain)
  }

  /** Writers tell what they write only while somebody wants to hear of it. */
  async #askToTell(organization: OrganizationPlace): Promise<void> {
    const until = sql`clock_timestamp() + ${TOLD_FOR_SECONDS} * interval '1 second'`
    await retryOnConflict(() =>
      sql`update live set until = ${until} where until < clock_timestamp() + ${TOLD_FOR_SECONDS / 2} * interval '1 second'`.execute(
        this.#parts.database.organization(organization),
      ),
    )
  }

  readonly #complain = (error: unknown): void => {
    this.#parts.log.error({ err: error }, 'live events could not be told')
  }
}
