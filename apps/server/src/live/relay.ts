import { sql } from 'kysely'
import { LIVE_CHANNEL } from '../records/notices.ts'
import type { LiveParts } from './live-parts.ts'

/** Handed on in one transaction. */
const AT_ONCE = 500
const PAUSE_MS = 100
/** Where nobody listens here, others may, or mails are to be sent. */
const PAUSE_ALONE_MS = 1_000
const PAUSE_AFTER_ERROR_MS = 5_000

/**
 * Hands on what writers left in the outbox to all processes. Writers don't notify anybody themselves: of transactions that have, PostgreSQL lets only
 * one at a time commit, each with its wait for the disk (docs/decisions/0023-live-outbox.md). Every process hands on; a message is taken by one of them,
 * and stays where that one ends before it has.
 */
export class LiveRelay {
  readonly #parts: Pick<LiveParts, 'database' | 'log'>
  readonly #isHeardHere: () => boolean
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  /** @param isHeardHere whether anybody listens to this process */
  constructor(parts: Pick<LiveParts, 'database' | 'log'>, isHeardHere: () => boolean) {
    this.#parts = parts
    this.#isHeardHere = isHeardHere
  }

  start(): void {
    this.#later(PAUSE_MS)
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  /** @returns how many messages there were, up to as many as go at once */
  async handOn(): Promise<number> {
    // Another process's are skipped. A transaction that logs nothing doesn't wait for the disk, so its turn to notify is short.
    const { rows } = await sql`
      with taken as (
        delete from control.live_outbox
        where ctid = any(array(select ctid from control.live_outbox limit ${AT_ONCE} for update skip locked))
        returning message
      ) select pg_notify(${LIVE_CHANNEL}, message) from taken`.execute(this.#parts.database.control)
    return rows.length
  }

  #later(pause: number): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => void this.#work(), pause).unref()
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    try {
      const count = await this.handOn()
      this.#later(count === AT_ONCE ? 0 : this.#isHeardHere() ? PAUSE_MS : PAUSE_ALONE_MS)
    } catch (error) {
      if (!this.#isStopped) this.#parts.log.error({ err: error }, 'live messages could not be handed on')
      this.#later(PAUSE_AFTER_ERROR_MS)
    }
  }
}
