import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { CsvError, type Parser, parse } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { type CsvFile, type CsvHints, openCsv, unreadable } from './csv-file.ts'

/** A row of cells, as they stand in the file. */
export type CsvRow = readonly string[]

/** Between two row ends there is no more than this: a quotation mark that is never closed must not fill the memory. */
const LONGEST_ROW = 2 * 1024 * 1024
const READ_AT_ONCE = 64 * 1024

/** Looks at a CSV file. @throws Problem 422 where it can't be read. */
export function openCsvFile(path: string, hints?: CsvHints): Promise<CsvFile> {
  return openCsv(path, parseRows, hints)
}

function parseRows(text: string, dialect: Pick<CsvFile, 'separator' | 'quote'>, most: number): string[][] {
  try {
    return parseAtOnce(text, { ...optionsOf(dialect), to: most })
  } catch {
    throw unreadable('has a first row that is no row of CSV')
  }
}

function optionsOf({ separator: delimiter, quote }: Pick<CsvFile, 'separator' | 'quote'>) {
  // Quotation marks inside cells and rows of another length are common in real files; the latter are told apart by whoever reads.
  return { delimiter, quote, bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }
}

/**
 * The rows below the header, some at a time, in bounded memory.
 * @throws Problem 422 where a row doesn't end.
 */
export async function* readCsv(file: CsvFile): AsyncGenerator<CsvRow[]> {
  let rows: CsvRow[] = []
  let seen = 0
  const collect = (row: string[]) => {
    rows.push(row)
    return null
  }
  const parser = parse({ ...optionsOf(file), on_record: collect })
  const failure = new Promise<never>((_resolve, reject) => parser.once('error', reject))
  failure.catch(() => {}) // it is waited for with each write
  let sinceRow = 0
  for await (const text of readText(file)) {
    await Promise.race([write(parser, text), failure]).catch((error: unknown) => fail(error, seen))
    sinceRow = rows.length > 0 ? 0 : sinceRow + text.length
    if (sinceRow > LONGEST_ROW) throw endless(seen)
    yield takeRows()
  }
  await Promise.race([end(parser), failure]).catch((error: unknown) => fail(error, seen))
  yield takeRows()

  function takeRows(): CsvRow[] {
    const taken = rows.slice(Math.max(0, file.headerRow - seen)) // the header, and what stands above it
    seen += rows.length
    rows = []
    return taken
  }
}

function readText({ path, encoding }: CsvFile): AsyncIterable<string | Buffer> {
  const bytes = createReadStream(path, { highWaterMark: READ_AT_ONCE })
  return encoding === 'utf-8' ? bytes : pipeline(bytes, iconv.decodeStream(encoding), () => {})
}

function write(parser: Parser, text: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

function end(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    parser.end(() => resolve())
  })
}

function fail(error: unknown, seen: number): never {
  if (error instanceof CsvError) throw endless(seen)
  throw error
}

function endless(seen: number) {
  return unreadable(
    `can't be read after row ${Math.max(1, seen)}: a quotation mark that opens there is never closed, or the row is too long`,
  )
}
