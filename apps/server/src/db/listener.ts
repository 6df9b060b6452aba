import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'

type Handler = (payload: string) => void

/**
 * One connection that hears notifications for the whole process. Where it breaks, it is made again, and every handler is called
 * with an empty payload: something may have been missed, look for yourself.
 */
export class Listener {
  readonly #connect: () => Promise<Client>
  readonly #handlers = new Map<string, Set<Handler>>()
  #client: Promise<Client> | undefined
  #isClosed = false

  constructor(connect: () => Promise<Client>) {
    this.#connect = connect
  }

  /** Calls `handler` for each notification on `channel` from now on, until the returned function is called. */
  async listen(channel: string, handler: Handler): Promise<() => void> {
    const handlers = this.#handlers.get(channel) ?? new Set()
    this.#handlers.set(channel, handlers.add(handler))
    this.#client ??= this.#open()
    const client = await this.#client
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
    return () => void handlers.delete(handler)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const client = await this.#client?.catch(() => undefined)
    await client?.end()
  }

  async #open(): Promise<Client> {
    const client = await this.#connect()
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload ?? ''))
    client.on('end', () => {
      if (!this.#isClosed) this.#client = this.#openAgain()
    })
    return client
  }

  async #openAgain(): Promise<Client> {
    for (let pause = 50; ; pause = Math.min(pause * 2, 5000)) {
      await sleep(pause, undefined, { ref: false })
      if (this.#isClosed) throw new Error('The database is closed')
      try {
        const client = await this.#open()
        for (const channel of this.#handlers.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`)
        for (const channel of this.#handlers.keys()) this.#tell(channel, '')
        return client
      } catch {
        // still away: the next round
      }
    }
  }

  #tell(channel: string, payload: string): void {
    for (const handler of this.#handlers.get(channel) ?? []) handler(payload)
  }
}
