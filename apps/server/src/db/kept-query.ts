import type { Connection, Submittable } from 'pg'
import { type BoundTexts, executionOf } from './bind-message.ts'
import type { RowConnection, RowTaker } from './row-connection.ts'
import type { RowShape } from './row-shape.ts'

/** A statement that the connection has prepared, and whose rows are known. */
export interface KeptStatement {
  readonly name: string
  readonly text: string
  readonly values: BoundTexts
  readonly shape: RowShape
}

/**
 * Runs a kept statement for `pg`'s client: one message to the server in one write, and no description of the rows back. Where its
 * columns have become others, the server itself refuses to run it (0A000).
 */
export class KeptQuery<Row> implements Submittable, RowTaker {
  readonly name: string
  readonly text: string
  readonly values: BoundTexts
  /** What comes of it. */
  readonly rows: Promise<Row[]>
  readonly #shape: RowShape
  readonly #connection: RowConnection
  readonly #found: Row[] = []
  readonly #settle: { readonly resolve: (rows: Row[]) => void; readonly reject: (error: unknown) => void }
  #failure: unknown

  constructor(connection: RowConnection, { name, text, values, shape }: KeptStatement) {
    this.name = name
    this.text = text
    this.values = values
    this.#shape = shape
    this.#connection = connection
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>()
    this.rows = promise
    this.#settle = { resolve, reject }
  }

  submit({ stream }: Connection): void {
    this.#connection.taker = this
    stream.write(executionOf(this.name, this.values))
  }

  takeRow(bytes: Buffer, start: number, end: number): void {
    if (this.#failure !== undefined) return
    try {
      this.#found.push(this.#shape.read(bytes, start, end) as Row)
    } catch (error) {
      this.#failure = error
    }
  }

  handleReadyForQuery(): void {
    if (this.#failure === undefined) this.#settle.resolve(this.#found)
    else this.#settle.reject(this.#failure)
  }

  handleError(error: unknown): void {
    this.#settle.reject(error)
  }
}
