import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { CsvRow } from './read-csv.ts'

/** Rows and characters that go into one transaction, at most. */
const MOST_ROWS = 500
const MOST_CHARACTERS = 4 * 1024 * 1024

/** The rows of a pass in chunks, from a position on: first those of the file itself, then those that were put off. */
export async function* chunksOf(
  rows: AsyncIterable<readonly CsvRow[]>,
  position: number,
): AsyncGenerator<readonly CsvRow[]> {
  let chunk: CsvRow[] = []
  let size = 0
  let at = 0
  for await (const some of rows) {
    for (const row of some) {
      at += 1
      if (at <= position) continue
      chunk.push(row)
      size += sizeOf(row)
      if (chunk.length < MOST_ROWS && size < MOST_CHARACTERS) continue
      yield chunk
      chunk = []
      size = 0
    }
  }
  if (chunk.length > 0) yield chunk
}

function sizeOf(row: CsvRow): number {
  return row.reduce((sum, cell) => sum + cell.length + 8, 0)
}

/** Rows put off, one to a line, as JSON. */
export async function* rowsPutOff(path: string): AsyncGenerator<readonly CsvRow[]> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const row: unknown = JSON.parse(line)
    if (Array.isArray(row)) yield [row.map(String)]
  }
}
