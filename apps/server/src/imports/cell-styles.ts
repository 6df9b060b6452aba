import type { CsvFile } from './csv-file.ts'
import { readCsv } from './read-csv.ts'

export type DecimalMark = ',' | '.'
/** In which order day, month and year stand in dates written with slashes or dashes. */
export type DateOrder = 'dmy' | 'mdy'

/** How a column writes numbers and dates. */
export interface CellStyle {
  readonly decimal: DecimalMark
  /** Unknown where no date of the column tells day from month. */
  readonly dateOrder?: DateOrder
}

const ROWS_LOOKED_AT = 2_000

interface Votes {
  comma: number
  point: number
  dmy: number
  mdy: number
}

/** How each column of the file writes numbers and dates, by its first two thousand rows; what a column leaves open, the others tell. */
export async function findStyles(file: CsvFile): Promise<CellStyle[]> {
  const votes: Votes[] = file.header.map(() => ({ comma: 0, point: 0, dmy: 0, mdy: 0 }))
  let looked = 0
  for await (const rows of readCsv(file)) {
    for (const row of rows) row.forEach((cell, index) => void (votes[index] && vote(votes[index], cell)))
    looked += rows.length
    if (looked >= ROWS_LOOKED_AT) break
  }
  const all = votes.reduce(sum, { comma: 0, point: 0, dmy: 0, mdy: 0 })
  const usual = decimalOf(all) ?? (file.separator === ';' ? ',' : '.')
  return votes.map((one) => ({ decimal: decimalOf(one) ?? usual, dateOrder: orderOf(one) ?? orderOf(all) }))
}

function sum(one: Votes, other: Votes): Votes {
  return {
    comma: one.comma + other.comma,
    point: one.point + other.point,
    dmy: one.dmy + other.dmy,
    mdy: one.mdy + other.mdy,
  }
}

function decimalOf({ comma, point }: Votes): DecimalMark | undefined {
  if (comma === point) return undefined
  return comma > point ? ',' : '.'
}

/** Where the dates contradict each other, none of the orders is believed. */
function orderOf({ dmy, mdy }: Votes): DateOrder | undefined {
  if ((dmy === 0) === (mdy === 0)) return undefined
  return dmy > 0 ? 'dmy' : 'mdy'
}

const NUMBER = /^[^\p{L}\d]*[\d.,\s'’]+[^\p{L}\d]*$/u
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b/

function vote(votes: Votes, text: string): void {
  const cell = text.trim()
  if (cell.length < 3 || cell.length > 40) return
  const date = SLASHED.exec(cell)
  if (date) {
    if (Number(date[1]) > 12) votes.dmy += 1
    if (Number(date[2]) > 12) votes.mdy += 1
  } else if (NUMBER.test(cell)) {
    const mark = decimalMark(cell)
    if (mark === ',') votes.comma += 1
    if (mark === '.') votes.point += 1
  }
}

/** Which of the two is the decimal mark of this number, where it tells. `1.234` may be either. */
function decimalMark(cell: string): DecimalMark | undefined {
  const [comma, point] = [cell.lastIndexOf(','), cell.lastIndexOf('.')]
  if (comma === -1 && point === -1) return undefined
  if (comma !== -1 && point !== -1) return comma > point ? ',' : '.'
  const mark = comma === -1 ? '.' : ','
  const parts = cell.split(mark)
  if (parts.length > 2) return mark === ',' ? '.' : ','
  const decimals = /^\d*/.exec(parts[1] ?? '')?.[0] ?? ''
  return decimals.length === 3 && /[1-9]\d{0,2}$/.test(parts[0] ?? '') ? undefined : mark
}
