import type { Client, ClientConfig } from 'pg'
import { StatementClient } from './statement-client.ts'

/** All connections are in use and stayed so for as long as one may wait; a request answers 503 for it. */
export class DatabaseBusyError extends Error {
  constructor() {
    super('Every database connection is in use')
    this.name = 'DatabaseBusyError'
  }
}

export interface PoolLimits {
  /** Connections of all keys together. */
  readonly total: number
  readonly perKey: number
  /** Milliseconds that a caller waits for one. */
  readonly waitFor: number
  /** Milliseconds after which an unused one is closed. */
  readonly idleFor: number
  /** Prepared statements that one keeps before it is closed, with which they end; unstated, any number. */
  readonly mostKept?: number
}

/** A connection that is lent out. `release` gives it back; one that failed, or is amid a transaction, is closed instead. */
export interface LentConnection {
  query: Client['query']
  run: StatementClient['run']
  release(error?: Error | boolean): void
}

interface Slot {
  readonly key: string
  readonly client: StatementClient
  readonly lent: LentConnection
  state: 'lent' | 'idle' | 'closing'
  isBroken: boolean
  /** Of `performance.now()`: when it was given back last. */
  idleSince: number
  idleTimer?: NodeJS.Timeout
}

interface Waiter {
  readonly key: string
  readonly connect: Connect
  readonly take: (connection: Promise<LentConnection>) => void
  readonly timer: NodeJS.Timeout
}

type Connect = () => Promise<StatementClient>

/**
 * Connections by key (a role) with one bound over all of them, which pools side by side don't have: with a thousand
 * organizations, the database still sees `total` connections. Where the bound is met, the longest idle one of another key makes
 * room; where none is idle, callers wait in line.
 */
export class ConnectionPool {
  readonly #limits: PoolLimits
  readonly #slots = new Set<Slot>()
  readonly #opening = new Map<string, number>()
  #waiting: Waiter[] = []
  #isClosed = false
  #whenDrained: (() => void) | undefined

  constructor(limits: PoolLimits) {
    this.#limits = limits
  }

  /** Lends a connection of `key`, opened with `connect` if need be. Throws `DatabaseBusyError`, or what `connect` throws. */
  lend(key: string, connect: Connect): Promise<LentConnection> {
    if (this.#isClosed) return Promise.reject(new Error('The database is closed'))
    const serving = this.#serve(key, connect)
    if (serving) return serving
    return this.#wait(key, connect)
  }

  /** The same where one is idle: nothing to wait for. */
  lendIdle(key: string): LentConnection | undefined {
    const idle = this.#isClosed ? undefined : this.#findIdle(key)
    return idle && this.#lendOut(idle)
  }

  #wait(key: string, connect: Connect): Promise<LentConnection> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((waiter) => waiter.timer !== timer)
        reject(new DatabaseBusyError())
      }, this.#limits.waitFor)
      this.#waiting.push({ key, connect, take: resolve, timer })
    })
  }

  /** How many connections are open or being opened, for metrics. */
  get size(): number {
    return this.#slots.size + [...this.#opening.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Refuses new callers, waits for the lent connections to come back, closes all. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const { timer, take } of this.#waiting) {
      clearTimeout(timer)
      take(Promise.reject(new Error('The database is closed')))
    }
    this.#waiting = []
    const drained = new Promise<void>((resolve) => {
      this.#whenDrained = resolve
    })
    for (const slot of this.#slots) if (slot.state === 'idle') void this.#discard(slot)
    this.#goOn()
    await drained
  }

  #serve(key: string, connect: Connect): Promise<LentConnection> | undefined {
    const idle = this.#findIdle(key)
    if (idle) return Promise.resolve(this.#lendOut(idle))
    const slots = [...this.#slots]
    const open = slots.filter((slot) => slot.key === key).length + (this.#opening.get(key) ?? 0)
    if (open >= this.#limits.perKey) return undefined
    if (this.size < this.#limits.total) return this.#open(key, connect)
    const unused = slots.find((slot) => slot.state === 'idle')
    const isMakingRoom = slots.some((slot) => slot.state === 'closing')
    if (unused && !isMakingRoom) void this.#discard(unused) // when it is closed, whoever waits is served
    return undefined
  }

  /** The one used last, so that the others may end. */
  #findIdle(key: string): Slot | undefined {
    let found: Slot | undefined
    for (const slot of this.#slots) if (slot.state === 'idle' && slot.key === key) found = slot
    return found
  }

  async #open(key: string, connect: Connect): Promise<LentConnection> {
    this.#opening.set(key, (this.#opening.get(key) ?? 0) + 1)
    try {
      return this.#makeSlot(key, await connect()).lent
    } finally {
      const rest = this.#opening.get(key)! - 1
      if (rest === 0) this.#opening.delete(key)
      else this.#opening.set(key, rest)
      this.#goOn()
    }
  }

  #makeSlot(key: string, client: StatementClient): Slot {
    const lent: LentConnection = {
      query: client.query.bind(client) as Client['query'],
      run: (statement) => client.run(statement),
      release: (error) => this.#takeBack(slot, Boolean(error)),
    }
    const slot: Slot = { key, client, lent, state: 'lent', isBroken: false, idleSince: 0 }
    const breakOff = () => {
      slot.isBroken = true
      if (slot.state === 'idle') void this.#discard(slot)
    }
    client.on('error', breakOff)
    client.on('end', breakOff)
    this.#slots.add(slot)
    return slot
  }

  #lendOut(slot: Slot): LentConnection {
    slot.state = 'lent'
    return slot.lent
  }

  #takeBack(slot: Slot, hasFailed: boolean): void {
    if (slot.state !== 'lent') throw new Error('A connection was released twice')
    const isAmidTransaction = slot.client.getTransactionStatus() !== 'I'
    const isWorn = slot.client.keeps >= (this.#limits.mostKept ?? Number.POSITIVE_INFINITY)
    if (this.#isClosed || hasFailed || slot.isBroken || isAmidTransaction || isWorn) void this.#discard(slot)
    else this.#rest(slot)
    this.#goOn()
  }

  /** Re-adding moves the slot to the end: the set is in order of last use. */
  #rest(slot: Slot): void {
    slot.state = 'idle'
    this.#slots.delete(slot)
    this.#slots.add(slot)
    slot.idleSince = performance.now()
    if (!slot.idleTimer) this.#watch(slot, this.#limits.idleFor)
  }

  /** A timer for each time that it is given back would cost more than to look again now and then. */
  #watch(slot: Slot, after: number): void {
    slot.idleTimer = setTimeout(() => this.#endIfUnused(slot), after)
    slot.idleTimer.unref()
  }

  #endIfUnused(slot: Slot): void {
    slot.idleTimer = undefined
    if (slot.state !== 'idle') return
    const rest = slot.idleSince + this.#limits.idleFor - performance.now()
    if (rest > 0) this.#watch(slot, rest)
    else void this.#discard(slot)
  }

  /** Closes a connection. Its place counts as taken until the server has let go of it (or is given up). */
  async #discard(slot: Slot): Promise<void> {
    clearTimeout(slot.idleTimer)
    slot.state = 'closing'
    await Promise.race([slot.client.end().catch(() => {}), after(1000)])
    this.#slots.delete(slot)
    this.#goOn()
  }

  /** Something changed: serves those of the waiting that can be served now, and tells `close` when all is done. */
  #goOn(): void {
    this.#waiting = this.#waiting.filter(({ key, connect, take, timer }) => {
      const serving = this.#serve(key, connect)
      if (!serving) return true
      clearTimeout(timer)
      take(serving)
      return false
    })
    if (this.#isClosed && this.size === 0) this.#whenDrained?.()
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}

/** Opens one connection. */
export async function connectClient(config: ClientConfig): Promise<StatementClient> {
  const client = new StatementClient(config)
  client.on('error', () => {}) // a lost connection fails the statement that runs on it; between statements nobody asks
  await client.connect()
  return client
}
