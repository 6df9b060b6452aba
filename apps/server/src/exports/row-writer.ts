import { createWriteStream } from 'node:fs'
import type { Key } from '@bailiwick/access'
import type { stream } from 'exceljs'
import { BYTE_ORDER_MARK, csvLine } from '../imports/csv-line.ts'
import type { PresentedValue, RecordItem } from '../records/present-record.ts'
import type { ExportFormat } from './export-files.ts'

/** Writes records to a file as they come, holding none of them. */
export interface RowWriter {
  write(items: readonly RecordItem[]): Promise<void>
  close(): Promise<void>
}

/** A writer of the format, for these fields in this order; it begins the file anew. */
export async function openWriter(format: ExportFormat, path: string, fields: readonly Key[]): Promise<RowWriter> {
  if (format === 'xlsx') return sheetWriter(path, fields)
  const isCsv = format === 'csv'
  const lineOf = isCsv ? (item: RecordItem) => csvLine(fields.map((key) => textOf(item[key]))) : jsonLine(fields)
  return textWriter(path, isCsv ? BYTE_ORDER_MARK + csvLine([...fields]) : '', lineOf)
}

function jsonLine(fields: readonly Key[]): (item: RecordItem) => string {
  return (item) => `${JSON.stringify(Object.fromEntries(fields.map((key) => [key, item[key] ?? null])))}\n`
}

function textWriter(path: string, heading: string, lineOf: (item: RecordItem) => string): RowWriter {
  const stream = createWriteStream(path, { mode: 0o600 })
  const failed = new Promise<never>((_resolve, reject) => stream.once('error', reject))
  failed.catch(() => {}) // told by the write that waits for it
  const put = (text: string) =>
    Promise.race([new Promise<void>((resolve) => stream.write(text, () => resolve())), failed])
  const begun = put(heading)
  return {
    write: async (items) => {
      await begun
      await put(items.map(lineOf).join(''))
    },
    close: () => Promise.race([new Promise<void>((resolve) => stream.end(() => resolve())), failed]),
  }
}

/** What a sheet holds at most, the heading aside. */
const ROWS_PER_SHEET = 1_000_000
const LONGEST_CELL = 32_767
/** Those that XML can't hold: all control characters but tab and line breaks. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu

/** The library is large, and loaded by whoever writes a sheet. */
async function sheetWriter(path: string, fields: readonly Key[]): Promise<RowWriter> {
  const { default: excel } = await import('exceljs')
  const book = new excel.stream.xlsx.WorkbookWriter({ filename: path, useStyles: false, useSharedStrings: false })
  let sheet = addSheet(book, 1, fields)
  let rows = 0
  let sheets = 1
  return {
    write: async (items) => {
      for (const item of items) {
        if (rows === ROWS_PER_SHEET) {
          sheet.commit()
          sheets += 1
          rows = 0
          sheet = addSheet(book, sheets, fields)
        }
        sheet.addRow(fields.map((key) => cellOf(item[key]))).commit()
        rows += 1
      }
      await new Promise((resolve) => setImmediate(resolve)) // the archive is written meanwhile
    },
    close: async () => {
      sheet.commit()
      await book.commit()
    },
  }
}

function addSheet(book: stream.xlsx.WorkbookWriter, number: number, fields: readonly Key[]) {
  const sheet = book.addWorksheet(number === 1 ? 'Records' : `Records ${number}`)
  sheet.addRow([...fields]).commit()
  return sheet
}

/** Texts are texts to a sheet, whatever they begin with; control characters can't stand in one. */
function cellOf(value: PresentedValue | undefined): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return textOf(value).replace(CONTROL, '').slice(0, LONGEST_CELL)
}

/** A value as text: choices apart by semicolons, a masked value through its mask. */
export function textOf(value: PresentedValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join('; ')
  if (typeof value === 'object' && 'masked' in value) return value.masked
  return String(value)
}
