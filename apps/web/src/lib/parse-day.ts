/**
 * A calendar day that somebody typed, as YYYY-MM-DD: in the order of day, month and year of his locale, with whatever between them, in its
 * digits or ours; or with the name of the month, as days are written here. The year may be left out or be of two digits. Nothing where
 * it is no day.
 */
export function parseDay(text: string, locale: string, thisYear = new Date().getFullYear()): string | undefined {
  const named = withNumberedMonth(text, locale)
  const numbers = inOurDigits(named ?? text, locale).match(/\d+/g) ?? []
  const [first = ''] = numbers
  const isIso = first.length === 4
  const order = isIso
    ? ['year', 'month', 'day']
    : orderOf(locale, named ? WRITTEN : NUMBERS).filter((part) => numbers.length > 2 || part !== 'year')
  if (numbers.length !== order.length) return undefined
  const parts = new Map(order.map((part, at) => [part, Number(numbers[at])]))
  return dayOf(fullYear(parts.get('year'), thisYear), parts.get('month') ?? 0, parts.get('day') ?? 0)
}

const NUMBERS = { year: 'numeric', month: 'numeric', day: 'numeric' } as const
const WRITTEN = { dateStyle: 'medium' } as const

/** The text with the number of the month in the place of its name; nothing where none is named. */
function withNumberedMonth(text: string, locale: string): string | undefined {
  const typed = text.toLocaleLowerCase(locale)
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(locale, { month: style, day: 'numeric', timeZone: 'UTC' })
    for (let month = 11; month >= 0; month--) {
      const parts = format.formatToParts(Date.UTC(2026, month, 1))
      const name = parts.find(({ type }) => type === 'month')?.value.toLocaleLowerCase(locale) ?? ''
      if (/\p{L}/u.test(name) && typed.includes(name)) return typed.replace(name, ` ${month + 1} `)
    }
  }
  return undefined
}

function orderOf(locale: string, style: Intl.DateTimeFormatOptions): string[] {
  const parts = new Intl.DateTimeFormat(locale, style).formatToParts()
  return parts.map(({ type }) => type).filter((type) => type === 'year' || type === 'month' || type === 'day')
}

function inOurDigits(text: string, locale: string): string {
  const digits = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210)].reverse()
  return [...text].map((letter) => (digits.includes(letter) ? String(digits.indexOf(letter)) : letter)).join('')
}

function fullYear(year: number | undefined, thisYear: number): number {
  if (year === undefined) return thisYear
  return year < 100 ? Math.floor(thisYear / 100) * 100 + year : year
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 999
  return isReal ? date.toISOString().slice(0, 10) : undefined
}
