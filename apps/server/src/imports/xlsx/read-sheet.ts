import { Readable } from 'node:stream'
import type { Row } from 'exceljs'
import { MOST_COLUMNS, unreadable } from '../csv-file.ts'
import type { CsvRow } from '../read-csv.ts'
import { cellText } from './cell-text.ts'
import { type Stored, storedZip } from './stored-zip.ts'
import type { Sheet, Workbook } from './workbook.ts'
import { unpack, type ZipFile } from './zip-file.ts'

/** Bytes, unpacked. A million rows of ten columns are some 400 megabytes; the texts of a sheet are held in memory. */
const MOST = { sheet: 512 * 1024 * 1024, texts: 64 * 1024 * 1024, styles: 8 * 1024 * 1024 }
/** Between two tags: no cell of a sheet is longer than 32,767 characters. */
const LONGEST_PIECE = 256 * 1024
const ROWS_AT_ONCE = 500

/** No more than this of a workbook is handed on: the rest of it is made anew here. */
const LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const NO_TEXTS = `<sst ${MAIN}></sst>`
const NO_STYLES = `<styleSheet ${MAIN}></styleSheet>`

/**
 * The rows of a sheet that hold something, some at a time, each to its last cell that does. Formulas stand for what they last came to.
 * @throws Problem 422 where it can't be read, or unpacks to more than is taken
 */
export async function* readSheet({ zip, isFrom1904 }: Workbook, { entry }: Sheet): AsyncGenerator<CsvRow[]> {
  const files = partsOf(zip, entry, isFrom1904)
  for (const { content, most } of files) if (typeof content !== 'string') await requireSound(zip, content, most)
  const bytes = Readable.from(storedZip(zip, files), { objectMode: false })
  let rows: CsvRow[] = []
  try {
    for await (const some of rowsIn(bytes)) {
      for (const row of some) {
        const cells = cellsOf(row, isFrom1904)
        if (cells.length > 0) rows.push(cells)
      }
      if (rows.length < ROWS_AT_ONCE) continue
      yield rows
      rows = []
    }
  } finally {
    bytes.destroy()
  }
  yield rows
}

function partsOf({ entries }: ZipFile, sheet: Sheet['entry'], isFrom1904: boolean): Stored[] {
  const book = `<workbook ${MAIN}><workbookPr date1904="${isFrom1904 ? 1 : 0}"/><sheets></sheets></workbook>`
  const [texts = NO_TEXTS, styles = NO_STYLES] = [entries.get('xl/sharedStrings.xml'), entries.get('xl/styles.xml')]
  return [
    { name: 'xl/_rels/workbook.xml.rels', content: LINKS, most: 0 },
    { name: 'xl/workbook.xml', content: book, most: 0 },
    { name: 'xl/styles.xml', content: styles, most: MOST.styles },
    { name: 'xl/sharedStrings.xml', content: texts, most: MOST.texts },
    { name: 'xl/worksheets/sheet1.xml', content: sheet, most: MOST.sheet },
  ]
}

/** Unpacks an entry once into nothing: what comes after may trust its size, and that no piece of it fills the memory. */
async function requireSound(zip: ZipFile, entry: Sheet['entry'], most: number): Promise<void> {
  let sinceTag = 0
  for await (const piece of unpack(zip, entry, most)) {
    let at = 0
    for (let tag = piece.indexOf('<'); tag !== -1; tag = piece.indexOf('<', at)) {
      if (sinceTag + tag - at > LONGEST_PIECE) throw unreadable('is a workbook with a cell that is too long')
      sinceTag = 0
      at = tag + 1
    }
    sinceTag += piece.length - at
    if (sinceTag > LONGEST_PIECE) throw unreadable('is a workbook with a cell that is too long')
  }
}

/** As many rows at once as a piece of the sheet holds. The library is large, and loaded by whoever reads a sheet. */
async function* rowsIn(bytes: Readable): AsyncGenerator<Row[]> {
  const { default: excel } = await import('exceljs')
  const failure = new Promise<never>((_resolve, reject) => bytes.once('error', reject))
  failure.catch(() => {}) // it is waited for with each piece
  const options = { styles: 'cache', sharedStrings: 'cache', worksheets: 'emit' } as const
  const book = new excel.stream.xlsx.WorkbookReader(bytes, options)
  try {
    for await (const sheet of untilFailure(book[Symbol.asyncIterator](), failure)) {
      for await (const events of untilFailure<unknown[]>(sheet.parse(), failure)) yield events.flatMap(rowOf)
    }
  } catch (error) {
    throw unreadable(`is a workbook that can’t be read${reasonOf(error)}`)
  }
}

async function* untilFailure<Item>(items: AsyncIterator<Item>, failure: Promise<never>): AsyncGenerator<Item> {
  for (;;) {
    const { done, value } = await Promise.race([items.next(), failure])
    if (done) return
    yield value
  }
}

function rowOf(event: unknown): Row[] {
  return isRowEvent(event) ? [event.value] : []
}

function isRowEvent(event: unknown): event is { readonly value: Row } {
  return typeof event === 'object' && event !== null && 'eventType' in event && event.eventType === 'row'
}

/** What an XML reader says of where it failed: a line and a column. */
function reasonOf(error: unknown): string {
  const place = error instanceof Error ? /^(\d+:\d+)/.exec(error.message)?.[1] : undefined
  return place === undefined ? '' : ` (at ${place} of the sheet)`
}

function cellsOf(row: Row, isFrom1904: boolean): string[] {
  const cells: string[] = []
  row.eachCell((cell, column) => {
    const text = cellText(cell.value, cell.numFmt, isFrom1904)
    if (text === '') return
    if (column > MOST_COLUMNS) throw unreadable(`has more than ${MOST_COLUMNS} columns`)
    while (cells.length < column - 1) cells.push('')
    cells[column - 1] = text
  })
  return cells
}
