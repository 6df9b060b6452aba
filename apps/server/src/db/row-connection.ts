import { EventEmitter } from 'node:events'
import type { Client } from 'pg'
import { int32At } from './row-shape.ts'

declare module 'pg' {
  interface Client {
    /** Speaks the protocol. */
    readonly connection: Connection
  }
  interface Connection {
    /** Called with the stream that the server's bytes come from: the socket, or what decrypts it. */
    attachListeners(stream: EventEmitter): void
  }
}

/** Takes the rows of the statement that runs, as bytes. */
export interface RowTaker {
  /** @param start, end where the body of a DataRow message stands in the bytes */
  takeRow(bytes: Buffer, start: number, end: number): void
}

const CODE_AND_LENGTH = 5
const BIND_COMPLETE = 0x32
const COMMAND_COMPLETE = 0x43
const DATA_ROW = 0x44
const ERROR = 0x45
const READY = 0x5a

/** Stands between a connection's stream and `pg`: it hands rows to whoever takes them, and everything else on. */
export class RowConnection {
  readonly #rest = new EventEmitter()
  /** The pieces of a message that isn't whole yet, and how many bytes it takes at least to be. */
  #pieces: Buffer[] = []
  #missing = 0
  #taker: RowTaker | undefined

  /** The rows that come from now on are this one's, until its statement ends. */
  set taker(taker: RowTaker) {
    this.#taker = taker
  }

  /** @param client not connected yet */
  constructor({ connection }: Client) {
    const attach = connection.attachListeners.bind(connection)
    connection.attachListeners = (stream) => {
      attach(this.#rest)
      stream.on('data', (bytes: Buffer) => this.#read(bytes))
      stream.on('end', () => this.#rest.emit('end'))
    }
  }

  /** Whole messages only go on. */
  #read(chunk: Buffer): void {
    this.#pieces.push(chunk)
    this.#missing -= chunk.length
    if (this.#missing > 0) return
    const [bytes = chunk] = this.#pieces.length === 1 ? this.#pieces : [Buffer.concat(this.#pieces)]
    this.#pieces = []
    this.#missing = 0
    this.#readWhole(bytes)
  }

  #readWhole(bytes: Buffer): void {
    let at = 0
    let passedOn = 0
    for (let end = endOf(bytes, at); end <= bytes.length; end = endOf(bytes, at)) {
      if (this.#isTaken(bytes, at, end)) {
        this.#passOn(bytes, passedOn, at)
        passedOn = end
      }
      at = end
    }
    this.#passOn(bytes, passedOn, at)
    if (at === bytes.length) return
    this.#pieces.push(bytes.subarray(at))
    this.#missing = endOf(bytes, at) - bytes.length
  }

  #isTaken(bytes: Buffer, at: number, end: number): boolean {
    if (!this.#taker) return false
    const code = bytes[at]
    if (code === DATA_ROW) this.#taker.takeRow(bytes, at + CODE_AND_LENGTH, end)
    else if (code === ERROR || code === READY) this.#taker = undefined
    return code === DATA_ROW || code === BIND_COMPLETE || code === COMMAND_COMPLETE
  }

  #passOn(bytes: Buffer, start: number, end: number): void {
    if (start < end) this.#rest.emit('data', bytes.subarray(start, end))
  }
}

/** Where the message that begins there ends, as far as it tells by now. */
function endOf(bytes: Buffer, at: number): number {
  const begun = at + CODE_AND_LENGTH
  return begun > bytes.length ? begun : at + 1 + int32At(bytes, at + 1)
}
