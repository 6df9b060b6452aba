import { isDate, isNumberType, type PolicyField, startOfDay, wallTime } from '@bailiwick/access'
import type { CellStyle, DateOrder } from './cell-styles.ts'

/** What a cell says, in the form that a request would give it; where it can't be read, the text as it is, for the field to refuse. */
export type CellValue = string | number | boolean | readonly string[]

/** How a cell's column writes numbers and dates. */
export type CellForm = Pick<CellStyle, 'decimal' | 'dateOrder'>

/** Reads the text of a cell as a value of a field. @param timeZone of the organization, for times without one */
export function readCell(field: PolicyField, text: string, style: CellForm, timeZone: string): CellValue {
  if (field.type === 'money') return withoutDust(readNumber(text, style.decimal)) ?? text
  if (isNumberType(field.type)) return readNumber(text, style.decimal) ?? text
  switch (field.type) {
    case 'boolean':
      return BOOLEANS.get(text.toLowerCase()) ?? text
    case 'date':
      return readDay(text, style.dateOrder)?.date ?? text
    case 'dateTime':
      return readInstant(text, style.dateOrder, timeZone) ?? text
    case 'choices':
      return text.split(/[;|]/).map((one) => one.trim())
    default:
      return text
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', '1', 'x', 'on', 'kyllä', 'ja', '是', 'نعم'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', 'off', 'ei', 'nej', '否', 'لا'].map((word) => [word, false] as const),
])

const AROUND = /^(?:[A-Z]{3}(?=[\s\d+-])|[\p{Sc}\s])+|(?:[\p{Sc}\s%]|(?<=[\s\d])[A-Z]{3})+$/gu

function readNumber(text: string, decimal: ',' | '.'): number | undefined {
  const bare = text.replace(AROUND, '')
  const group = decimal === ',' ? '.' : ','
  const grouped = new RegExp(`^[+-]?\\d{1,3}(?:[${group}\\s'’]\\d{3})+(?:[${decimal}]\\d+)?$`, 'u')
  const plain = new RegExp(`^[+-]?(?:\\d+(?:[${decimal}]\\d*)?|[${decimal}]\\d+)(?:e[+-]?\\d{1,3})?$`, 'iu')
  if (!plain.test(bare) && !grouped.test(bare)) return undefined
  return Number(bare.replace(new RegExp(`[${group}\\s'’]`, 'gu'), '').replace(decimal, '.'))
}

/** Systems that reckon money in floating point write 5849.999999999999 for 5850. A real fifth decimal stays, for the field to refuse. */
function withoutDust(amount: number | undefined): number | undefined {
  if (amount === undefined || !Number.isFinite(amount)) return amount
  const rounded = Number(amount.toFixed(4))
  return Math.abs(rounded - amount) <= Math.abs(amount) * 1e-14 ? rounded : amount
}

const YEAR_FIRST = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})/
const YEAR_LAST = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})/

/** The day that a text begins with, and what follows it. With dots the day comes first; with slashes and dashes, as `order` says. */
function readDay(
  text: string,
  order: DateOrder | undefined,
): { readonly date: string; readonly rest: string } | undefined {
  const first = YEAR_FIRST.exec(text)
  if (first) return dayOf(first[1], first[2], first[3], text.slice(first[0].length))
  const last = YEAR_LAST.exec(text)
  if (!last) return undefined
  const [whole, one, mark, other, year] = last
  const known = mark === '.' ? 'dmy' : (order ?? orderWithin(Number(one), Number(other)))
  if (known === undefined) return undefined
  return known === 'dmy'
    ? dayOf(year, other, one, text.slice(whole.length))
    : dayOf(year, one, other, text.slice(whole.length))
}

function orderWithin(one: number, other: number): DateOrder | undefined {
  if (one > 12) return 'dmy'
  return other > 12 || one === other ? 'mdy' : undefined
}

function dayOf(year = '', month = '', day = '', rest = '') {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const isTimeOrNothing = rest === '' || /^[T\s]/.test(rest)
  return isDate(date) && isTimeOrNothing ? { date, rest: rest.trim() } : undefined
}

const TIME = /^T?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const HOUR = 3_600_000

/** A day and a time of day; without an offset, by the clocks of the organization. */
function readInstant(text: string, order: DateOrder | undefined, timeZone: string): string | undefined {
  const day = readDay(text, order)
  if (!day) return undefined
  if (day.rest === '') return new Date(startOfDay(day.date, timeZone)).toISOString()
  const match = TIME.exec(day.rest)
  if (!match) return undefined
  const [, hours, minutes, seconds = '0', fraction = '0', half, offset] = match
  const hour = hourOf(Number(hours), half?.toLowerCase())
  if (hour === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const ms =
    hour * HOUR + Number(minutes) * 60_000 + Number(seconds) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000)
  const midnight = Date.parse(`${day.date}T00:00:00Z`)
  const instant = offset === undefined ? atWallTime(day.date, ms, timeZone) : midnight + ms - offsetOf(offset)
  return new Date(instant).toISOString()
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

function offsetOf(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))]
  return (offset.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * 60_000)
}

/** Where clocks change within the day, the distance from midnight is mended by what the clock then shows. */
function atWallTime(date: string, ms: number, timeZone: string): number {
  const instant = startOfDay(date, timeZone) + ms
  const shown = wallTime(instant, timeZone)
  const meant = Math.floor(ms / 60_000)
  return shown.date === date ? instant + (meant - shown.minute) * 60_000 : instant
}
