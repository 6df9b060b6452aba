import pg from 'pg'

/** A statement as it is sent: its text, and how many values go with it. */
export interface SentStatement {
  readonly text: string
  readonly values: number
}

/**
 * Writes down every statement that this process sends to a database, from now on: to be called before the first connection is opened.
 * @returns what hands over the statements since it was last asked
 */
export function watchStatements(): () => readonly SentStatement[] {
  let sent: SentStatement[] = []
  const { query } = pg.Client.prototype
  const watched = function (this: pg.Client, ...parts: readonly unknown[]): unknown {
    sent.push(describe(parts))
    return Reflect.apply(query, this, parts)
  }
  Object.defineProperty(pg.Client.prototype, 'query', { value: watched, configurable: true, writable: true })
  return () => {
    const taken = sent
    sent = []
    return taken
  }
}

function describe([statement, values]: readonly unknown[]): SentStatement {
  if (typeof statement === 'string') return { text: statement, values: Array.isArray(values) ? values.length : 0 }
  const { text, values: own = values } = Object(statement) as { text?: unknown; values?: unknown }
  return { text: String(text), values: Array.isArray(own) ? own.length : 0 }
}
