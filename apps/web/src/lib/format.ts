import { isolate } from './isolate.ts'
import { useLanguage } from './language.ts'
import { findLanguage, type Language, localeOf } from './languages.ts'

/** How values are written for a person: by the locale of his language, and the organization's time zone where days are meant. */
export interface Formats {
  readonly locale: string
  number(value: number, digits?: number): string
  /** A field's whole number: it may be a year, so that four digits aren't parted. */
  integer(value: number): string
  /** Short: 1.2 M. */
  compact(value: number): string
  /** @param value per cent, as stored: 25 is 25 % */
  percent(value: number): string
  money(value: number, currency?: string): string
  /** @param day YYYY-MM-DD */
  date(day: string): string
  dateTime(instant: string | number | Date): string
  time(instant: string | number | Date): string
  /** "3 minutes ago", "in 2 days". */
  ago(instant: string | number | Date, now?: number): string
  list(items: readonly string[]): string
  /** What stands beside each other in a line, each of it read in its own direction; what is empty is left out. */
  beside(items: readonly string[]): string
  /** For sorting names the way the language does. */
  compare(a: string, b: string): number
}

/** The formats of the language that the page speaks. */
export function useFormats(): Formats {
  return formatsFor(localeOf(useLanguage() as Language))
}

const made = new Map<string, Formats>()

/** Made once for each locale: what writes figures and dates costs more to make than a whole row to draw. */
export function formatsFor(locale: string): Formats {
  const formats = made.get(locale) ?? makeFormats(locale)
  made.set(locale, formats)
  return formats
}

function makeFormats(locale: string): Formats {
  const numbers = numbersOf(locale)
  const lists = new Intl.ListFormat(locale)
  const language = findLanguage(locale) ?? 'en'
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  return {
    locale,
    number: (value, digits) => numbers(value, { minimumFractionDigits: digits, maximumFractionDigits: digits ?? 6 }),
    integer: (value) => numbers(value, { useGrouping: 'min2' }),
    compact: (value) => numbers(value, { notation: 'compact', maximumFractionDigits: 1 }),
    percent: (value) => numbers(value / 100, { style: 'percent', maximumFractionDigits: 2 }),
    money: (value, currency) => numbers(value, moneyOptions(value, currency)),
    date: (value) => day.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)),
    dateTime: (value) => dateTime.format(new Date(value)),
    time: (value) => time.format(new Date(value)),
    ago: (value, now = Date.now()) => ago(relative, new Date(value).getTime() - now),
    list: (items) => lists.format(items.map((item) => isolate(language, item))),
    beside: (items) =>
      items
        .filter(Boolean)
        .map((item) => isolate(language, item))
        .join(' · '),
    compare: (a, b) => collator.compare(a, b),
  }
}

/** Writes numbers; each way of writing them is made once. */
function numbersOf(locale: string): (value: number, options: Intl.NumberFormatOptions) => string {
  const ways = new Map<string, Intl.NumberFormat>()
  return (value, options) => {
    const name = JSON.stringify(options)
    const way = ways.get(name) ?? new Intl.NumberFormat(locale, options)
    ways.set(name, way)
    return way.format(value)
  }
}

/** An amount of a module that tells no currency is written without one. */
function moneyOptions(value: number, currency: string | undefined): Intl.NumberFormatOptions {
  const digits = Number.isInteger(value) ? 0 : 2
  const style = currency ? ({ style: 'currency', currency } as const) : {}
  return { ...style, minimumFractionDigits: digits, maximumFractionDigits: Math.max(digits, 2) }
}

const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

function ago(format: Intl.RelativeTimeFormat, ms: number): string {
  const seconds = Math.round(ms / 1_000)
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'minute')
}
