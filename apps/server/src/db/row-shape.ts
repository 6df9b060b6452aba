import { valueParsers } from './value-parsers.ts'

/** What a statement's rows are made of, as the server told when it was prepared. */
export interface RowField {
  readonly name: string
  readonly dataTypeID: number
}

type Row = Record<string, unknown>

const BOOL = 16
const INT8 = 20
const INT2 = 21
const INT4 = 23
const TEXT = 25
const DATE = 1082
const TIMESTAMPTZ = 1184
const NUMERIC = 1700
const UUID = 2950

/** Types whose texts are ASCII always. Any other may hold whatever people write. */
const PLAIN: ReadonlySet<number> = new Set([BOOL, INT8, INT2, INT4, DATE, TIMESTAMPTZ, NUMERIC, UUID])
const TEXTS: ReadonlySet<number> = new Set([UUID, TEXT])
const parserOf = (type: number) => valueParsers.getTypeParser(type, 'text')
const NOT_ASCII = /[\x80-\xff]/

/**
 * Makes rows of a statement's answers. A page has more than a thousand values: each row is decoded in one go, and its values are cut
 * out of that, which costs a fraction of decoding them one by one.
 */
export class RowShape {
  readonly #names: readonly string[]
  /** Nothing for what is a text anyway. */
  readonly #parsers: readonly (((text: string) => unknown) | undefined)[]
  readonly #isPlain: readonly boolean[]
  readonly #empty: Row

  constructor(fields: readonly RowField[]) {
    this.#names = fields.map(({ name }) => name)
    this.#parsers = fields.map(({ dataTypeID }) => (TEXTS.has(dataTypeID) ? undefined : parserOf(dataTypeID)))
    this.#isPlain = fields.map(({ dataTypeID }) => PLAIN.has(dataTypeID))
    this.#empty = emptyRow(this.#names)
  }

  /** @param start, end where the body of a DataRow message stands in the bytes */
  read(bytes: Buffer, start: number, end: number): Row {
    const text = bytes.toString('latin1', start, end)
    const row = { ...this.#empty }
    let at = start + 2 // behind the number of values
    for (let index = 0; index < this.#names.length; index++) {
      const length = int32At(bytes, at)
      at += 4
      if (length < 0) {
        row[this.#names[index]!] = null
        continue
      }
      const cut = text.slice(at - start, at - start + length)
      const value = this.#isPlain[index] || !NOT_ASCII.test(cut) ? cut : bytes.toString('utf8', at, at + length)
      const parse = this.#parsers[index]
      row[this.#names[index]!] = parse ? parse(value) : value
      at += length
    }
    return row
  }
}

export function int32At(bytes: Buffer, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}

/** Copied for each row, as its members all stand where they are: to add them one by one would make a hash table of every row. */
function emptyRow(names: readonly string[]): Row {
  return JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))))
}
