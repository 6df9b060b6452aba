/** Calendar days and instants in named time zones, from the language's own Intl; no clock. */

export interface WallTime {
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** 0 is Sunday. */
  readonly weekday: number
  /** Minutes since midnight, 0–1439. */
  readonly minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** What a clock on the wall shows at `instant` (epoch ms) in `timeZone` (IANA name). */
export function wallTime(instant: number, timeZone: string): WallTime {
  const shown = shownAt(instant, timeZone)
  return {
    date: new Date(shown).toISOString().slice(0, 10),
    weekday: new Date(shown).getUTCDay(),
    minute: Math.floor((shown - Math.floor(shown / 86_400_000) * 86_400_000) / 60_000),
  }
}

/** The wall clock's reading at `instant`, as if it were UTC (epoch ms, whole seconds). */
function shownAt(instant: number, timeZone: string): number {
  const part: { [type: string]: number } = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) part[type] = Number(value)
  return Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  )
}

/** `YYYY-MM-DD`, `days` later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Today's date in `timeZone` at `now` (epoch ms). */
export function today(now: number, timeZone: string): string {
  return wallTime(now, timeZone).date
}

/**
 * The first instant (epoch ms) of a calendar day in a time zone. Where midnight is skipped by a change of clocks, the day starts
 * at the change; where it comes twice, at the first; where the whole day is skipped, at the instant of the skip.
 */
export function startOfDay(date: string, timeZone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const dayBefore = midnight - 86_400_000
  const usual = midnight - (shownAt(dayBefore, timeZone) - dayBefore)
  return shownAt(usual, timeZone) === midnight ? usual : firstShownFrom(midnight, timeZone)
}

/** The first second whose wall clock reads `midnight` or later, found by halving. */
function firstShownFrom(midnight: number, timeZone: string): number {
  let low = midnight - 26 * 3_600_000
  let high = midnight + 26 * 3_600_000
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (shownAt(middle, timeZone) >= midnight) high = middle
    else low = middle
  }
  return high
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether the text is a real calendar day, `0001-01-01` to `9999-12-31`. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text)
  if (!match || match[1] === '0000') return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** Epoch ms of an ISO 8601 date-time with offset, or nothing where the text is none. Digits past the millisecond are dropped. */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text)
  if (!match?.[1] || !isDate(match[1])) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) return undefined
  return time >= FIRST_INSTANT && time <= LAST_INSTANT ? time : undefined
}

const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z')
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')
