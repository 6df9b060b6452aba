import { Client } from 'pg'

/** A statement as the program sent it. */
export interface SentStatement {
  readonly text: string
  readonly values: readonly unknown[]
  /** Present where the program keeps it prepared. */
  readonly name?: string
}

let heard: SentStatement[] | undefined

/** From here on this process's statements can be listened to. To be called before the first connection is made. */
export function listenIn(): void {
  const query = Client.prototype.query
  if (query.name === LISTENING) return
  const listening = function query_listened(this: Client, ...args: unknown[]): unknown {
    const sent = statementOf(args)
    if (heard && sent) heard.push(sent)
    return Reflect.apply(query, this, args)
  }
  Object.defineProperty(Client.prototype, 'query', { value: listening, configurable: true, writable: true })
}

const LISTENING = 'query_listened'

/** What `work` sends to the database. Nothing else may be going on in this process. */
export async function heardDuring(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const own: SentStatement[] = []
  heard = own
  try {
    await work()
  } finally {
    heard = undefined
  }
  return own
}

function statementOf([first, second]: readonly unknown[]): SentStatement | undefined {
  if (typeof first === 'string') return { text: first, values: Array.isArray(second) ? second : [] }
  if (typeof first !== 'object' || first === null || !('text' in first) || typeof first.text !== 'string')
    return undefined
  const values = 'values' in first && Array.isArray(first.values) ? first.values : []
  const name = 'name' in first && typeof first.name === 'string' ? first.name : undefined
  return { text: first.text, values, ...(name !== undefined && { name }) }
}
