import { setTimeout as sleep } from 'node:timers/promises'

/** A page that somebody has open, which hears of changes. */
export interface Listening {
  /** How many events of records have come. */
  count(): number
  /** Ends once one has come. @throws where none does */
  first(): Promise<void>
  stop(): Promise<void>
}

const PATIENCE_MS = 5_000

/** Opens a stream of server-sent events, and reads it. @throws where it isn't answered */
export async function listen(url: string, headers: Readonly<Record<string, string>>): Promise<Listening> {
  const ending = new AbortController()
  const answer = await fetch(url, { headers: { ...headers, accept: 'text/event-stream' }, signal: ending.signal })
  if (!answer.ok || !answer.body) throw new Error(`${answer.status}: no stream was opened.`)
  let count = 0
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream()))
      count += text.split('event: record\n').length - 1
  }
  const reading = read(answer.body).catch((error: unknown) => {
    if (!ending.signal.aborted) throw error
  })
  return {
    count: () => count,
    first: async () => {
      for (const until = performance.now() + PATIENCE_MS; count === 0; await sleep(50)) {
        if (performance.now() > until) throw new Error('Whoever listened heard of nothing.')
      }
    },
    stop: async () => {
      ending.abort()
      await reading
    },
  }
}
