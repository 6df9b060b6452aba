import type { ServerResponse } from 'node:http'

/** Bytes that may wait for a reader; who is slower than that is let go, and comes again when he can. */
const MOST_WAITING = 256 * 1024

/** Writes server-sent events (HTML Living Standard, 9.2) as long as the reader keeps up. */
export class EventWriter {
  readonly #response: ServerResponse
  #isOpen = true

  constructor(response: ServerResponse, headers: Readonly<Record<string, number | string | string[] | undefined>>) {
    this.#response = response
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // The connection ends with the stream: kept alive it would hold up a server that stops.
      connection: 'close',
      // Proxies that gather answers before they pass them on are asked not to.
      'x-accel-buffering': 'no',
    })
    response.on('close', () => {
      this.#isOpen = false
    })
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  onClose(work: () => void): void {
    this.#response.on('close', work)
  }

  send(event: string, data: unknown): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** A comment: nothing to the reader, and a sign of life to whatever is between. */
  beat(): void {
    this.#write(':\n\n')
  }

  end(): void {
    if (this.#isOpen) this.#response.end()
    this.#isOpen = false
  }

  #write(text: string): void {
    if (!this.#isOpen) return
    this.#response.write(text)
    if (this.#response.writableLength <= MOST_WAITING) return
    this.#isOpen = false
    this.#response.destroy()
  }
}
