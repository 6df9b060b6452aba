import type { CsvRow } from './read-csv.ts'

export type DecimalMark = ',' | '.'
/** In which order day, month and year stand in dates written with slashes or dashes. */
export type DateOrder = 'dmy' | 'mdy'

/** How a column writes numbers and dates. */
export interface CellStyle {
  readonly decimal: DecimalMark
  /** Unknown where no date of the column tells day from month. */
  readonly dateOrder?: DateOrder
  /** What its cells, as far as they were looked at, look like. */
  readonly looks: ColumnLooks
}

export interface ColumnLooks {
  readonly filled: number
  readonly numbers: number
  /** Dates of any form; of them, those with the year first. */
  readonly dates: number
  readonly yearFirst: number
}

/** What whoever sends the file says of all its columns, and what holds where nothing tells. */
export interface StyleHints {
  readonly decimal?: DecimalMark
  readonly dateOrder?: DateOrder
  readonly usualDecimal: DecimalMark
  /** A column says for itself how it writes numbers, or writes them as usual: so it is in a workbook. */
  readonly isEachForItself?: boolean
}

const ROWS_LOOKED_AT = 2_000

interface Votes {
  comma: number
  point: number
  dmy: number
  mdy: number
}

interface Looks {
  filled: number
  numbers: number
  dates: number
  yearFirst: number
}

/** How each column of a table writes numbers and dates, by its first two thousand rows; what a column leaves open, the others tell. */
export async function findStyles(
  table: AsyncIterable<readonly CsvRow[]>,
  width: number,
  hints: StyleHints,
): Promise<CellStyle[]> {
  const columns = Array.from({ length: width }, () => ({ votes: noVotes(), looks: noLooks() }))
  let looked = 0
  for await (const rows of table) {
    for (const row of rows) row.forEach((cell, index) => void (columns[index] && look(columns[index], cell)))
    looked += rows.length
    if (looked >= ROWS_LOOKED_AT) break
  }
  const all = columns.map(({ votes }) => votes).reduce(sum, noVotes())
  const usual = (hints.isEachForItself ? undefined : decimalOf(all)) ?? hints.usualDecimal
  return columns.map(({ votes, looks }) => ({
    decimal: hints.decimal ?? decimalOf(votes) ?? usual,
    dateOrder: hints.dateOrder ?? orderOf(votes) ?? orderOf(all),
    looks,
  }))
}

function noVotes(): Votes {
  return { comma: 0, point: 0, dmy: 0, mdy: 0 }
}

function noLooks(): Looks {
  return { filled: 0, numbers: 0, dates: 0, yearFirst: 0 }
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

const YEAR_FIRST = /^\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)/
const YEAR_LAST = /^\d{1,2}([-./])\d{1,2}\1\d{4}\b/
const NUMBER = /^[^\p{L}\d]*[\d.,\s'’]+[^\p{L}\d]*$/u
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b/

function look({ votes, looks }: { readonly votes: Votes; readonly looks: Looks }, text: string): void {
  const cell = text.trim()
  if (cell === '') return
  looks.filled += 1
  if (cell.length > 40) return
  const isYearFirst = YEAR_FIRST.test(cell)
  if (isYearFirst) looks.yearFirst += 1
  if (isYearFirst || YEAR_LAST.test(cell)) looks.dates += 1
  else if (NUMBER.test(cell) && /\d/.test(cell)) looks.numbers += 1
  if (cell.length >= 3) vote(votes, cell)
}

function vote(votes: Votes, cell: string): void {
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
