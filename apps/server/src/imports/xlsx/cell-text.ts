import type { CellValue } from 'exceljs'

const DAY = 86_400_000
const FROM_1900 = 25_569
const FROM_1904 = 24_107

/** What a cell of a sheet shows, in the one way in which the rest of an import reads it: days as 2026-03-31, decimals after a point. */
export function cellText(value: CellValue, format: string | undefined, isFrom1904: boolean): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return numberText(value, format, isFrom1904)
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Date) return momentText(value)
  if ('richText' in value) return value.richText.map(({ text }) => text ?? '').join('')
  if ('result' in value) return cellText(value.result, format, isFrom1904)
  return 'text' in value ? value.text : ''
}

function numberText(value: number, format: string | undefined, isFrom1904: boolean): string {
  if (!Number.isFinite(value)) return ''
  if (isMoment(format)) return momentText(new Date(Math.round((value - (isFrom1904 ? FROM_1904 : FROM_1900)) * DAY)))
  // Sheets count to fifteen digits; what floating point puts after them was never there.
  if (format?.includes('%')) return `${Number((value * 100).toPrecision(15))}%`
  return String(Number(value.toPrecision(15)))
}

/** Whether a number format makes a day or a time of a number: colours, conditions and quoted texts in it aside. */
function isMoment(format: string | undefined): boolean {
  return format !== undefined && /[dmyhs]/i.test(format.replace(/\[[^\]]*\]|"[^"]*"|\\.|General/gi, ''))
}

/** Excel knows no time zones: its day and time are those of the clock on the wall. */
function momentText(value: Date): string {
  if (Number.isNaN(value.getTime())) return ''
  const [day = '', time = ''] = value.toISOString().split('T')
  const clock = time.slice(0, 8)
  if (value.getUTCFullYear() < 1900) return clock // a time of no day
  return clock === '00:00:00' ? day : `${day}T${clock}`
}
