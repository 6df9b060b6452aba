import { Client, type ClientConfig } from 'pg'
import { boundTexts } from './bind-message.ts'
import { KeptQuery } from './kept-query.ts'
import { RowConnection } from './row-connection.ts'
import { RowShape } from './row-shape.ts'

/** A statement for `run`. With a `name` the server keeps it prepared on the connection. */
export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  readonly name?: string
}

/** A client of `pg` that runs prepared statements with less ado, from the second time on. */
export class StatementClient extends Client {
  readonly #connection: RowConnection
  /** By the names of those that were run once. */
  readonly #kept = new Map<string, { readonly text: string; readonly shape: RowShape }>()
  /** Of all that were sent by one: what fails when it runs is prepared all the same. */
  readonly #names = new Set<string>()

  constructor(config: ClientConfig) {
    super(config)
    this.#connection = new RowConnection(this)
  }

  /** How many prepared statements the connection may keep of those that `run` was given: it never forgets one. */
  get keeps(): number {
    return this.#names.size
  }

  /** The statement's rows. */
  run<Row>({ text, values = [], name }: Statement): Promise<Row[]> {
    const kept = name === undefined ? undefined : this.#kept.get(name)
    const texts = kept?.text === text ? boundTexts(values) : undefined
    if (name === undefined || !kept || !texts) return this.#runAndLearn({ text, values, name })
    const { shape } = kept
    return this.query(new KeptQuery<Row>(this.#connection, { name, text, values: texts, shape })).rows
  }

  async #runAndLearn<Row>({ text, values = [], name }: Statement): Promise<Row[]> {
    if (name !== undefined) this.#names.add(name)
    const { rows, fields } = await this.query({ text, values: [...values], name })
    if (name !== undefined) this.#kept.set(name, { text, shape: new RowShape(fields) })
    return rows
  }
}
