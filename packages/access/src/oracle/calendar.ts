import type { SignInWindow, Weekday } from '../document.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FROM_SUNDAY: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** What calendar and clock on the wall of a time zone show. `day` counts days from 1970-01-01. */
export interface WallClock {
  readonly day: number
  readonly weekday: Weekday
  readonly minute: number
  readonly second: number
}

/** The one thing that is kept: a formatter is slow to make, and holds no answer. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  formats.set(timeZone, format)
  return format
}

export function wallClocks(timeZone: string): (instant: number) => WallClock {
  const format = formatOf(timeZone)
  return (instant) => {
    const shown = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes) => shown.get(name) ?? Number.NaN
    const day = Date.UTC(part('year'), part('month') - 1, part('day')) / DAY
    return {
      day,
      weekday: weekdayOf(day),
      minute: part('hour') * 60 + part('minute'),
      second: part('second'),
    }
  }
}

function weekdayOf(day: number): Weekday {
  return FROM_SUNDAY[new Date(day * DAY).getUTCDay()] ?? 'sun'
}

/** Days from 1970-01-01 of `YYYY-MM-DD`; undefined where that names no day of the calendar. */
export function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const instant = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text) return undefined
  return instant / DAY
}

/** Epoch milliseconds of an ISO 8601 instant with its offset; undefined where the text is none. */
export function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}

/** The day that the calendar on that wall shows. */
export function today(now: number, timeZone: string): number {
  return wallClocks(timeZone)(now).day
}

/**
 * The first instant at which the wall's calendar shows that day or, where the zone skipped it, a later one.
 * Midnight is found on a quarter of an hour, or by the second where clocks once went otherwise.
 */
export function startOfDay(day: number, timeZone: string): number {
  const show = wallClocks(timeZone)
  let instant = day * DAY - 16 * HOUR
  while (show(instant).day < day) instant += 15 * MINUTE
  const shown = show(instant)
  if (shown.minute === 0 && shown.second === 0) return instant
  instant -= 15 * MINUTE
  while (show(instant).day < day) instant += SECOND
  return instant
}

/** Section 2: from inclusive, to exclusive; a window whose `to` isn't after its `from` ends on the following day. */
export function isInside(window: SignInWindow, now: number, timeZone: string): boolean {
  const { day, minute, weekday } = wallClocks(timeZone)(now)
  const from = minuteOf(window.from)
  const to = minuteOf(window.to)
  if (from < to) return window.days.includes(weekday) && from <= minute && minute < to
  const startedToday = window.days.includes(weekday) && from <= minute
  const startedYesterday = window.days.includes(weekdayOf(day - 1)) && minute < to
  return startedToday || startedYesterday
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN)
}
