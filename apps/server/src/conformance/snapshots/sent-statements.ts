import pg from 'pg'

export interface Sent {
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * Writes down every statement that this process sends to a database, with its values: to be called before the first connection is opened.
 * @returns what hands over the statements since it was last asked
 */
export function collectStatements(): () => readonly Sent[] {
  let sent: Sent[] = []
  const { query } = pg.Client.prototype
  const collecting = function (this: pg.Client, ...parts: readonly unknown[]): unknown {
    const [statement, values] = parts
    const { text = statement, values: own = values } = Object(statement) as { text?: unknown; values?: unknown }
    sent.push({ text: String(text), values: Array.isArray(own) ? own : [] })
    return Reflect.apply(query, this, parts)
  }
  Object.defineProperty(pg.Client.prototype, 'query', { value: collecting, configurable: true, writable: true })
  return () => {
    const taken = sent
    sent = []
    return taken
  }
}
