export const BYTE_ORDER_MARK = '\uFEFF'
const STARTS_FORMULA = /^[=+\-@\t\r]/
const PLAIN_NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/

/** A line of CSV (RFC 4180), with its line break. No cell of it is taken for a formula by a spreadsheet. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quote(guardCell(cell))).join(',')}\r\n`
}

/** What a spreadsheet would run is made a text by a leading apostrophe; a plain number stays one. */
export function guardCell(cell: string): string {
  return STARTS_FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
