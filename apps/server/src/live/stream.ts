import type { Actor } from '../actor.ts'
import { unreadOf } from '../notifications/inbox.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { Problem } from '../problem.ts'
import { readWatched, type WatchedRecord } from '../records/watched-records.ts'
import type { EventWriter } from './event-writer.ts'
import type { LiveParts } from './live-parts.ts'
import type { LiveMessage } from './messages.ts'
import { nameOf, PendingEvents } from './pending-events.ts'
import { peopleAt } from './people-at.ts'
import type { Presence } from './presence.ts'
import type { Watch } from './watch.ts'

/** What happens within this long is asked about once, in milliseconds. */
export const GATHERED_FOR_MS = 250
/** However little happens, it is looked whether the reader may still be here. */
const BEAT_EVERY_MS = 15_000

/** Why a stream ended: the reader is let in no more, the server stops, he was too far behind, or asked for no more. */
export type Farewell = 'ended' | 'stopping' | 'behind' | 'enough'

export interface StreamPlace {
  readonly actor: Actor
  readonly watch: Watch
  readonly writer: EventWriter
  readonly presence: Presence
  /** Who the credential speaks for at this moment. @throws Problem 401 where nobody any more */
  readonly admitAgain: () => Promise<Actor>
}

/**
 * What one reader is told. Whatever happens is gathered for a quarter of a second, then looked at through his reach as it is at that
 * moment, and only what he sees is sent: what isn't his is not told of, not even that it happened.
 */
export class LiveStream {
  readonly #parts: LiveParts
  readonly #place: StreamPlace
  readonly #pending: PendingEvents
  /** Watched records that he has seen, by module and id. */
  readonly #seen = new Set<string>()
  #actor: Actor
  /** Under which he was admitted last, and which version of the policy he knows. */
  #admitted: Pick<Snapshot, 'stamp' | 'version'> | undefined
  #unread: number | undefined
  #timer: NodeJS.Timeout | undefined
  #beats: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()

  constructor(parts: LiveParts, place: StreamPlace) {
    this.#parts = parts
    this.#place = place
    this.#actor = place.actor
    this.#pending = new PendingEvents(place.watch)
  }

  get actor(): Actor {
    return this.#actor
  }

  /** Tells how things stand, and from then on what happens. */
  async begin(): Promise<void> {
    this.#beats = setInterval(() => this.#beat(), BEAT_EVERY_MS)
    this.#place.writer.onClose(() => this.#rest())
    this.#pending.addAll()
    await this.#work()
  }

  hear(message: LiveMessage): void {
    this.#pending.add(message)
    if (this.#pending.isTooMuch) this.end('behind')
    else if (this.#pending.isSomething) this.#later()
  }

  end(reason: Farewell): void {
    this.#place.writer.send('bye', { reason })
    this.#place.writer.end()
    this.#rest()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#beats)
  }

  #beat(): void {
    this.#place.writer.beat()
    this.#pending.add({ schema: this.#actor.organization.schema, stamp: Number.POSITIVE_INFINITY })
    this.#later()
  }

  #later(): void {
    if (this.#timer || !this.#place.writer.isOpen) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#working = this.#working.then(() => this.#work())
    }, GATHERED_FOR_MS)
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    if (!this.#place.writer.isOpen) return
    try {
      await this.#tell()
    } catch (error) {
      if (error instanceof Problem && error.status !== 503) return this.end('ended')
      this.#parts.log.error({ err: error }, 'a stream could not be served')
      this.end('stopping')
    }
    if (this.#pending.isSomething) this.#later()
  }

  async #tell(): Promise<void> {
    const { organization } = this.#actor
    const asked = this.#pending.take()
    const { stamp } = await this.#parts.policies.refresh(organization, asked.stamp)
    if (asked.mustAdmit || stamp !== this.#admitted?.stamp) await this.#admit()
    const { records, snapshot } = await readWatched(this.#parts, this.#now(), asked.ids)
    // Found under a policy that came meanwhile: whoever he is by that one is asked before anything is sent.
    if (snapshot.stamp !== this.#admitted?.stamp) await this.#admit()
    const unread = asked.hasNotifications ? await unreadOf(this.#parts, this.#now()) : this.#unread
    if (!this.#place.writer.isOpen) return
    this.#sendRecords(asked, records, snapshot)
    if (unread !== undefined && unread !== this.#unread) this.#place.writer.send('notification', { unread })
    this.#unread = unread
  }

  #now(): Actor {
    return { ...this.#actor, asking: { ...this.#actor.asking, now: this.#parts.now() } }
  }

  /** @throws Problem 401 where the credential lets him in no more, or speaks for somebody else */
  async #admit(): Promise<void> {
    const { organization, user } = this.#actor
    const snapshot = await this.#parts.policies.confirm(organization)
    const actor = await this.#place.admitAgain()
    if (actor.organization.id !== organization.id || actor.user !== user) return this.end('ended')
    this.#actor = { ...actor, asking: this.#actor.asking }
    const knew = this.#admitted
    this.#admitted = { stamp: snapshot.stamp, version: snapshot.version }
    if (!knew || knew.version === snapshot.version) return
    this.#place.writer.send('policy', {})
    // What he watches may be there for him now, or not any more.
    this.#pending.addAll()
  }

  #sendRecords(asked: ReturnType<PendingEvents['take']>, records: readonly WatchedRecord[], snapshot: Snapshot): void {
    const { writer, presence } = this.#place
    const read = new Set(records.map(({ module, id }) => nameOf(module, id)))
    for (const { module, id, version } of records) {
      const name = nameOf(module, id)
      if (asked.records.has(name)) writer.send('record', { module, id, version })
      if (asked.comments.has(name)) writer.send('comment', { module, id })
      if (!this.#pending.isWatched(name)) continue
      this.#seen.add(name)
      if (!asked.presence.has(name)) continue
      const present = presence.at(this.#actor.organization.schema, module, id, this.#parts.now())
      writer.send('presence', { module, id, people: peopleAt(snapshot, present) })
    }
    for (const name of asked.records) if (!read.has(name) && this.#seen.delete(name)) this.#sendGone(name)
  }

  /** Of a record that he has seen here, and asked about again would not find. */
  #sendGone(name: string): void {
    const [module = '', id = ''] = name.split(' ')
    this.#place.writer.send('gone', { module, id })
  }
}
