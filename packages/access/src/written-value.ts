import { isDate, parseInstant } from './calendar.ts'
import { isNumberType } from './canonical.ts'
import type { FieldType } from './document.ts'
import { fold } from './fold.ts'

/** Short enough that any text of one line can stand in an index. */
const LONGEST_TEXT = 500
const LONGEST_URL = 2_000
const LONGEST_EMAIL = 254
const LONGEST_LONG_TEXT = 200_000
const MOST_CHOICES = 200
/** Of a number or percent, up or down: far enough from what a double holds that sums, and squares on the way to an average, don't overflow. */
export const GREATEST_NUMBER = 1e100
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+$/

/** What is to be known of a field to tell what it holds. */
export interface WrittenField {
  readonly type: FieldType
  readonly options: readonly { readonly value: string }[]
}

/** A value in the form in which it is kept, or what is wrong with it. */
export type Written = { readonly value: WrittenValue } | { readonly wrong: string }
export type WrittenValue = string | number | boolean | readonly string[] | null

/**
 * Reads a value that somebody wrote for a field, whoever he is: in a record, or as a default. Empty ('' too, and of choices []) is null; a
 * number that is given can't even be emptied. Whether the user or the record that it names is there is not asked here.
 */
export function writtenValue(field: WrittenField, value: unknown): Written {
  if (field.type === 'autoNumber') return { wrong: 'is not set this way' }
  if (value === null || value === undefined || value === '') return { value: null }
  if (field.type === 'choices') return writtenChoices(field, value)
  if (isNumberType(field.type)) return writtenNumber(field.type, value)
  if (field.type === 'boolean') return typeof value === 'boolean' ? { value } : wrong('true or false')
  if (typeof value !== 'string') return wrong('a text')
  return writtenText(field, value)
}

function wrong(expected: string): Written {
  return { wrong: `must be ${expected}` }
}

function writtenText(field: WrittenField, value: string): Written {
  switch (field.type) {
    case 'date':
      return isDate(value) ? { value } : wrong('a calendar day such as 2026-03-31')
    case 'dateTime':
      return writtenInstant(value)
    case 'email':
      return EMAIL.test(value) && value.length <= LONGEST_EMAIL ? { value } : wrong('an e-mail address')
    case 'url':
      return writtenUrl(value)
    case 'choice':
      return writtenChoice(field, value)
    case 'lookup':
      return UUID.test(value) ? { value: value.toLowerCase() } : wrong('the id of a record')
    case 'file':
      return { wrong: 'is not set this way' }
    default:
      return shortEnough(value, field.type === 'longText' ? LONGEST_LONG_TEXT : LONGEST_TEXT)
  }
}

function shortEnough(value: string, most: number): Written {
  return value.length <= most ? { value } : wrong(`at most ${most} characters long`)
}

function writtenInstant(value: string): Written {
  const instant = parseInstant(value)
  return instant === undefined
    ? wrong('an instant such as 2026-03-31T09:30:00+03:00')
    : { value: new Date(instant).toISOString() }
}

/** An address without a scheme (`example.com`) is common in real data; one that runs a script is not an address. */
function writtenUrl(value: string): Written {
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(value)?.[1]?.toLowerCase()
  const isWeb = scheme === undefined || scheme === 'http' || scheme === 'https'
  return isWeb && !/\s/.test(value) && value.length <= LONGEST_URL ? { value } : wrong('a web address')
}

function writtenChoice({ options }: WrittenField, value: string): Written {
  const option = options.find((one) => fold(one.value) === fold(value))
  return option ? { value: option.value } : wrong(`one of ${options.map((one) => one.value).join(', ')}`)
}

function writtenChoices(field: WrittenField, value: unknown): Written {
  if (!Array.isArray(value) || value.length > MOST_CHOICES) return wrong('a list of choices')
  if (value.length === 0) return { value: null }
  const chosen = value.map((one) => (typeof one === 'string' ? writtenChoice(field, one) : wrong('a list of choices')))
  const bad = chosen.find((one) => 'wrong' in one)
  if (bad) return bad
  return { value: [...new Set(chosen.map((one) => ('value' in one ? String(one.value) : '')))] }
}

function writtenNumber(type: FieldType, value: unknown): Written {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('a number')
  if (type === 'integer' && !Number.isSafeInteger(value)) return wrong('a whole number')
  if (type === 'money' && !isMoney(value)) return wrong('an amount of at most 15 digits, four of them decimals')
  if (Math.abs(value) > GREATEST_NUMBER) return wrong(`a number from -${GREATEST_TEXT} to ${GREATEST_TEXT}`)
  return { value: Object.is(value, -0) ? 0 : value }
}

const GREATEST_TEXT = GREATEST_NUMBER.toExponential().replace('+', '')

/** Whether a number is an amount as its column keeps it: to the letter. */
export function isMoney(value: number): boolean {
  return Math.abs(value) < 1e14 && Number(value.toFixed(4)) === value && digitsOf(value) <= 15
}

function digitsOf(value: number): number {
  return value.toFixed(4).replace(/^-?0*/, '').replace('.', '').replace(/0+$/, '').length
}
