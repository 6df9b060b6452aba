import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, localeOf } from './languages.ts'

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
  /** For sorting names the way the language does. */
  compare(a: string, b: string): number
}

/** The formats of the language that the page speaks. */
export function useFormats(): Formats {
  const { i18n } = useTranslation()
  return useMemo(() => formatsFor(localeOf(i18n.language as Language)), [i18n.language])
}

export function formatsFor(locale: string): Formats {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true })
  const integers = new Intl.NumberFormat(locale, { useGrouping: 'min2' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  return {
    locale,
    number: (value, digits) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits ?? 6 }).format(
        value,
      ),
    integer: (value) => integers.format(value),
    compact: (value) => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value),
    percent: (value) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100),
    money: (value, currency) => money(locale, value, currency),
    date: (value) => day.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)),
    dateTime: (value) => dateTime.format(new Date(value)),
    time: (value) => time.format(new Date(value)),
    ago: (value, now = Date.now()) => ago(locale, new Date(value).getTime() - now),
    list: (items) => new Intl.ListFormat(locale).format(items),
    compare: (a, b) => collator.compare(a, b),
  }
}

/** An amount of a module that tells no currency is written without one. */
function money(locale: string, value: number, currency: string | undefined): string {
  const digits = Number.isInteger(value) ? 0 : 2
  const style = currency ? ({ style: 'currency', currency } as const) : {}
  return new Intl.NumberFormat(locale, {
    ...style,
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, 2),
  }).format(value)
}

const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

function ago(locale: string, ms: number): string {
  const seconds = Math.round(ms / 1_000)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'minute')
}
