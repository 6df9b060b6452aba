import { open } from 'node:fs/promises'
import type { StyleHints } from './cell-styles.ts'
import { findHeaderRow, MOST_HEADINGS, requireHeader } from './csv-file.ts'
import type { Encoding } from './encoding.ts'
import type { ImportOptions } from './mapping.ts'
import { type CsvRow, openCsvFile, readCsv } from './read-csv.ts'
import { readSheet } from './xlsx/read-sheet.ts'
import { findSheet, openWorkbook, type Sheet, type Workbook } from './xlsx/workbook.ts'

/** A table that stands in a file of whatever kind: a header, and rows below it that can be read from the beginning again and again. */
export interface Table {
  readonly kind: 'csv' | 'tsv' | 'xlsx'
  readonly header: readonly string[]
  /** Which of the rows that aren't empty the header is. */
  readonly headerRow: number
  /** About how many rows there are, where that can be told without reading them. */
  readonly roughTotal?: number
  readonly encoding?: Encoding
  readonly separator?: string
  readonly quote?: string
  /** The names of a workbook's sheets, and of the one that is read. */
  readonly sheets?: readonly string[]
  readonly sheet?: string
  readonly styles: StyleHints
  /** Those below the header, some at a time. @throws Problem 422 where a row can't be read */
  rows(): AsyncIterable<readonly CsvRow[]>
}

/** Looks at a file. @throws Problem 422 where there is no table in it that can be read */
export async function openTable(path: string, options: ImportOptions = {}): Promise<Table> {
  return (await isArchive(path)) ? openSheet(path, options) : openText(path, options)
}

async function isArchive(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.equals(Buffer.from('PK\u0003\u0004'))
  } finally {
    await file.close()
  }
}

async function openText(path: string, options: ImportOptions): Promise<Table> {
  const csv = await openCsvFile(path, options)
  const { header, headerRow, roughTotal, encoding, separator, quote } = csv
  return {
    kind: separator === '\t' ? 'tsv' : 'csv',
    header,
    headerRow,
    roughTotal,
    encoding,
    separator,
    quote,
    styles: { ...styleHints(options), usualDecimal: separator === ';' ? ',' : '.' },
    rows: () => readCsv(csv),
  }
}

async function openSheet(path: string, options: ImportOptions): Promise<Table> {
  const book = await openWorkbook(path)
  const sheet = findSheet(book, options.sheet)
  const headings = await firstRows(book, sheet, Math.max(MOST_HEADINGS, options.headerRow ?? 0))
  const headerRow = options.headerRow ?? findHeaderRow(headings)
  const header = requireHeader(headings[headerRow - 1] ?? [])
  return {
    kind: 'xlsx',
    header,
    headerRow,
    sheets: book.sheets.map(({ name }) => name),
    sheet: sheet.name,
    styles: { ...styleHints(options), usualDecimal: '.', isEachForItself: true },
    rows: () => rowsBelow(book, sheet, headerRow, header.length),
  }
}

function styleHints({ decimal, dateOrder }: ImportOptions): Pick<StyleHints, 'decimal' | 'dateOrder'> {
  return { decimal, ...(dateOrder !== 'iso' && { dateOrder }) }
}

async function firstRows(book: Workbook, sheet: Sheet, most: number): Promise<CsvRow[]> {
  const first: CsvRow[] = []
  for await (const rows of readSheet(book, sheet)) {
    first.push(...rows)
    if (first.length >= most) break
  }
  return first.slice(0, most)
}

/** A sheet's rows end where they hold nothing more: they are filled up to the header's width. */
async function* rowsBelow(book: Workbook, sheet: Sheet, headerRow: number, width: number): AsyncGenerator<CsvRow[]> {
  let seen = 0
  for await (const rows of readSheet(book, sheet)) {
    const below = rows.slice(Math.max(0, headerRow - seen))
    seen += rows.length
    yield below.map((row) => [...row, ...Array.from({ length: Math.max(0, width - row.length) }, () => '')])
  }
}
