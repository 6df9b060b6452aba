import { Pool } from 'undici'

export interface Shot {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A server, and what is asked of it: shot by shot, so that writes can go to one record after the other. */
export interface Target {
  readonly origin: string
  next(): Shot
}

/** One of each kind that a target was asked, for whoever looks at the answers. */
export interface Answer {
  readonly status: number
  readonly text: string
}

export const CONNECTIONS = 10
const BUSY = 503
const MOST_TRIES = 30

/** What a server that has too much to do gets before it is asked again. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500))
}

/** Connections to one server, kept over many slices. */
export class Gun {
  readonly #pool: Pool

  constructor(origin: string) {
    this.#pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 })
  }

  /** One answer; a server that has too much to do (503) is asked again. */
  async ask(shot: Shot): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const { statusCode, body } = await this.#pool.request(requestOf(shot))
      const text = await body.text()
      if (statusCode !== BUSY || tries === MOST_TRIES) return { status: statusCode, text }
      await pause()
    }
  }

  /**
   * Asks on all connections for some time. @returns each success's time in milliseconds; what a busy server sends away counts as nothing
   * done. Throws where an answer is anything else.
   */
  async fire(next: () => Shot, milliseconds: number, connections = CONNECTIONS): Promise<number[]> {
    const times: number[] = []
    const until = performance.now() + milliseconds
    const work = async () => {
      for (let began = performance.now(); began < until; began = performance.now()) {
        const { statusCode, body } = await this.#pool.request(requestOf(next()))
        if (statusCode >= 300 && statusCode !== BUSY) throw new Error(`${statusCode}: ${await body.text()}`)
        await body.dump()
        if (statusCode === BUSY) await pause()
        else times.push(performance.now() - began)
      }
    }
    await Promise.all(Array.from({ length: connections }, work))
    return times
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

function requestOf({ method, path, headers = {}, body }: Shot) {
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  return { method, path, headers: { ...type, ...headers }, body }
}
