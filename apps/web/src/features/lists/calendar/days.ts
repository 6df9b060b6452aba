import { firstDayOfWeek } from '../../../lib/week.ts'

/** Calendar days as YYYY-MM-DD, counted without a clock. */
const DAY = 86_400_000

const dateOf = (day: string) => new Date(`${day}T00:00:00Z`)
const textOf = (date: Date) => date.toISOString().slice(0, 10)

export function addDays(day: string, days: number): string {
  return textOf(new Date(dateOf(day).getTime() + days * DAY))
}

export function addMonths(day: string, months: number): string {
  const date = dateOf(day)
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return addDays(textOf(first), Math.min(date.getUTCDate(), last) - 1)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / DAY)
}

/** The day on which an instant falls, by the clocks of a time zone. */
export function dayIn(instant: string | number | Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )
}

export type Span = 'day' | 'week' | 'month'

/** The days that are shown around one: itself, its week, or the weeks of its month, as the locale begins them. */
export function daysShown(day: string, span: Span, locale: string): readonly string[] {
  if (span === 'day') return [day]
  const from = weekStart(span === 'week' ? day : `${day.slice(0, 7)}-01`, locale)
  if (span === 'week') return range(from, 7)
  const end = addMonths(`${day.slice(0, 7)}-01`, 1)
  return range(from, Math.ceil(daysBetween(from, end) / 7) * 7)
}

/** The span before or after. */
export function step(day: string, span: Span, by: 1 | -1): string {
  if (span === 'month') return addMonths(day, by)
  return addDays(day, span === 'week' ? 7 * by : by)
}

function weekStart(day: string, locale: string): string {
  return addDays(day, -((dateOf(day).getUTCDay() - firstDayOfWeek(locale) + 7) % 7))
}

function range(from: string, days: number): string[] {
  return Array.from({ length: days }, (_, index) => addDays(from, index))
}
