import { setTimeout as sleep } from 'node:timers/promises'

export interface ReadEvent {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

const PATIENCE_MS = 20_000

/** Reads a stream of events as a page would, over the network. */
export class EventReader {
  readonly events: ReadEvent[] = []
  readonly #leaving = new AbortController()
  /** Whether the server ended it. */
  isEnded = false

  static async open(url: string, key: string): Promise<EventReader> {
    const reader = new EventReader()
    const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' }
    const answer = await fetch(url, { headers, signal: reader.#leaving.signal })
    if (answer.status !== 200 || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`)
    void reader.#read(answer.body).catch(() => {
      reader.isEnded = true
    })
    return reader
  }

  leave(): void {
    this.#leaving.abort()
  }

  /** Those of a name, so far. */
  of(event: string): ReadEvent['data'][] {
    return this.events.filter((one) => one.event === event).map(({ data }) => data)
  }

  /** Waits until something holds of what came. */
  async until(holds: (reader: EventReader) => boolean): Promise<void> {
    for (let waited = 0; !holds(this); waited += 20) {
      if (waited > PATIENCE_MS) throw new Error(`It never came; this did: ${JSON.stringify(this.events)}`)
      await sleep(20)
    }
  }

  /** Forgets what came. */
  clear(): void {
    this.events.length = 0
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) this.#take(block)
    }
    this.isEnded = true
  }

  #take(block: string): void {
    const event = /^event: (.*)$/m.exec(block)?.[1]
    const data = /^data: (.*)$/m.exec(block)?.[1]
    if (event !== undefined && data !== undefined) this.events.push({ event, data: JSON.parse(data) })
  }
}
