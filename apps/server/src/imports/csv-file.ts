import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { isStorableText } from '../http/json-text.ts'
import { invalidInput, type Problem } from '../problem.ts'
import { type Encoding, findEncoding } from './encoding.ts'

/** How a file is to be read, found out from the file itself. */
export interface CsvFile {
  readonly path: string
  readonly encoding: Encoding
  readonly separator: string
  readonly quote: Quote
  /** The row that names the columns, trimmed. */
  readonly header: readonly string[]
  /** Which of the rows that aren't empty that is, from 1 on; what stands above it is a heading. */
  readonly headerRow: number
  /** About how many rows follow it: line breaks, those inside cells included. */
  readonly roughTotal: number
}

export type Quote = '"' | "'"
export type Separator = (typeof SEPARATORS)[number]

/** What whoever sends the file says of it; the rest is found out. */
export interface CsvHints {
  readonly encoding?: Encoding
  readonly separator?: Separator
  readonly quote?: Quote
  readonly headerRow?: number
}

/** Parses the first rows of a text. @throws where it is no CSV */
export type ParseRows = (text: string, dialect: Pick<CsvFile, 'separator' | 'quote'>, most: number) => string[][]

const SEPARATORS = [',', ';', '\t', '|'] as const
const SAMPLE_BYTES = 256 * 1024
export const MOST_COLUMNS = 1_000

/**
 * Looks at a file: its encoding, separator, and header.
 * @throws Problem 422 where it is no CSV file that can be read.
 */
export async function openCsv(path: string, parseRows: ParseRows, hints: CsvHints = {}): Promise<CsvFile> {
  const { encoding, lines } = await findEncoding(path, hints.encoding)
  const sample = await readSample(path, encoding)
  const quote = hints.quote ?? findQuote(sample)
  const first = firstRow(sample, quote)
  const separator = hints.separator ?? findSeparator(first, sample)
  const rows = [
    parseRows(first, { separator, quote }, 1)[0] ?? [],
    ...rowsBelow(sample, { separator, quote }, parseRows),
  ]
  const headerRow = hints.headerRow ?? findHeaderRow(rows)
  const header = requireHeader(rows[headerRow - 1] ?? [])
  return { path, encoding, separator, quote, header, headerRow, roughTotal: Math.max(0, lines - headerRow) }
}

/** The cells of a header, trimmed. @throws Problem 422 where they can't be one */
export function requireHeader(row: readonly string[]): string[] {
  const header = row.map((cell) => cell.trim())
  if (header.every((cell) => cell === '')) throw unreadable('has no header: its first row must name the columns')
  if (!header.every(isStorableText)) throw unreadable('is no text that can be read: save it as CSV in UTF-8')
  if (header.length > MOST_COLUMNS) throw unreadable(`has more than ${MOST_COLUMNS} columns`)
  return header
}

/** Rows among which the header is looked for. */
export const MOST_HEADINGS = 20

/** The rows after the first, as far as the sample has them whole; none where it is no CSV further down, which whoever reads it all tells. */
function rowsBelow(sample: string, dialect: Pick<CsvFile, 'separator' | 'quote'>, parseRows: ParseRows): string[][] {
  try {
    return parseRows(sample, dialect, MOST_HEADINGS).slice(1)
  } catch {
    return []
  }
}

/** Lines above a table (its name, say) fill one cell at most; the header is the first that fills several, all with texts. */
export function findHeaderRow(rows: readonly (readonly string[])[]): number {
  const filled = rows.map((row) => row.filter((cell) => cell.trim() !== '').length)
  const width = Math.max(...filled)
  if (width < 3 || (filled[0] ?? 0) > 1) return 1
  const at = rows.findIndex(
    (row, index) => (filled[index] ?? 0) * 2 >= width && !row.some((cell) => /^[\d.,\s-]*\d[\d.,\s-]*$/.test(cell)),
  )
  return at < 0 ? 1 : at + 1
}

export function unreadable(why: string): Problem {
  return invalidInput([{ path: '/file', message: why }])
}

const OLD_WORKBOOK = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

async function readSample(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0)
    if (bytesRead === 0) throw unreadable('is empty')
    if (buffer.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
      throw unreadable('is a spreadsheet or an archive: save the sheet as CSV first')
    }
    if (buffer.subarray(0, 4).equals(OLD_WORKBOOK)) {
      throw unreadable('is an old workbook, or one with a password: save it as XLSX or CSV without')
    }
    return iconv.decode(buffer.subarray(0, bytesRead), encoding)
  } finally {
    await file.close()
  }
}

/** Apostrophes quote where cells begin and end with them from the first one on. */
function findQuote(sample: string): Quote {
  return /^\s*'[^'\r\n]*'[,;\t|]'/.test(sample) ? "'" : '"'
}

/** The text of the first row that says something, quoted line breaks included. */
function firstRow(sample: string, quote: Quote): string {
  const text = sample.replace(/^[\r\n]+/, '')
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === quote) isQuoted = !isQuoted
    else if ((character === '\n' || character === '\r') && !isQuoted) return text.slice(0, at)
  }
  if (sample.length >= SAMPLE_BYTES / 4) throw unreadable('has a first row that is too long for a header')
  return text
}

/** What stands most often in the first row; where nothing does, in the rows below it. */
function findSeparator(row: string, sample: string): Separator {
  return usualSeparator(row) ?? usualSeparator(sample.slice(0, SAMPLE_BYTES / 8)) ?? ','
}

function usualSeparator(text: string): Separator | undefined {
  const unquoted = text.replace(/"(?:[^"]|"")*"/g, '')
  const counts = SEPARATORS.map((separator) => unquoted.split(separator).length)
  const most = Math.max(...counts)
  return most > 1 ? SEPARATORS[counts.indexOf(most)] : undefined
}
