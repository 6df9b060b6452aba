import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

/** A statement as it is sent: its text, and how many values go with it. */
export interface SentStatement {
  readonly text: string
  readonly values: number
}

export interface WatchedWork<Result> {
  readonly result: Result
  /** In the order in which they were sent. */
  readonly statements: readonly SentStatement[]
}

/**
 * Watches the statements that this process sends to a database: to be called before the first connection is opened.
 * @returns what does a piece of work and tells the statements sent for it; those of jobs and timers are nobody's
 */
export function watchStatements(): <Result>(work: () => Promise<Result>) => Promise<WatchedWork<Result>> {
  const watching = new AsyncLocalStorage<SentStatement[]>()
  const { query } = pg.Client.prototype
  const watched = function (this: pg.Client, ...parts: readonly unknown[]): unknown {
    watching.getStore()?.push(describe(parts))
    return Reflect.apply(query, this, parts)
  }
  Object.defineProperty(pg.Client.prototype, 'query', { value: watched, configurable: true, writable: true })
  return async (work) => {
    const sent: SentStatement[] = []
    // Awaited inside, for a request may be sent only then.
    const result = await watching.run(sent, async () => await work())
    return { result, statements: [...sent] }
  }
}

function describe([statement, values]: readonly unknown[]): SentStatement {
  if (typeof statement === 'string') return { text: statement, values: Array.isArray(values) ? values.length : 0 }
  const { text, values: own = values } = Object(statement) as { text?: unknown; values?: unknown }
  return { text: String(text), values: Array.isArray(own) ? own.length : 0 }
}
