import type { FieldValue, PolicyField, Scalar } from '@bailiwick/access'
import { fold, isDate, isNumberType, parseInstant } from '@bailiwick/access'
import type { Snapshot } from '../policy/live-policy.ts'

/** Short enough that any text of one line can stand in an index. */
const LONGEST_TEXT = 500
const LONGEST_URL = 2_000
const LONGEST_LONG_TEXT = 200_000
const MOST_CHOICES = 200
/** Of a number or percent, up or down: far enough from what a double holds that sums, and squares on the way to an average, don't overflow. */
export const GREATEST_NUMBER = 1e100
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+$/

/** A value as its column takes it, or what is wrong with it. */
export type Stored = { readonly value: StoredValue } | { readonly wrong: string }
export type StoredValue = string | number | boolean | readonly string[] | null

/**
 * Turns a value that a caller sent into what the field's column holds. Empty ('' too, and of choices []) is null; a number that is given can't even be
 * emptied. A lookup's target is not looked for here: whether it is there depends on who asks.
 */
export function toStored(field: PolicyField, value: unknown, snapshot: Snapshot): Stored {
  if (field.type === 'autoNumber') return { wrong: 'is not set this way' }
  if (value === null || value === undefined || value === '') return { value: null }
  if (field.type === 'choices') return storedChoices(field, value)
  if (isNumberType(field.type)) return storedNumber(field, value)
  if (field.type === 'boolean') return typeof value === 'boolean' ? { value } : wrong('true or false')
  if (typeof value !== 'string') return wrong('a text')
  return storedText(field, value, snapshot)
}

function wrong(expected: string): Stored {
  return { wrong: `must be ${expected}` }
}

function storedText(field: PolicyField, value: string, snapshot: Snapshot): Stored {
  switch (field.type) {
    case 'date':
      return isDate(value) ? { value } : wrong('a calendar day such as 2026-03-31')
    case 'dateTime':
      return storedInstant(value)
    case 'email':
      return EMAIL.test(value) && value.length <= 254 ? { value } : wrong('an e-mail address')
    case 'url':
      return storedUrl(value)
    case 'choice':
      return storedChoice(field, value)
    case 'lookup':
      return UUID.test(value) ? { value: value.toLowerCase() } : wrong('the id of a record')
    case 'user':
      return storedUser(value, snapshot)
    case 'file':
      return { wrong: 'is not set this way' }
    default:
      return shortEnough(value, field.type === 'longText' ? LONGEST_LONG_TEXT : LONGEST_TEXT)
  }
}

function shortEnough(value: string, most: number): Stored {
  return value.length <= most ? { value } : wrong(`at most ${most} characters long`)
}

function storedInstant(value: string): Stored {
  const instant = parseInstant(value)
  return instant === undefined
    ? wrong('an instant such as 2026-03-31T09:30:00+03:00')
    : { value: new Date(instant).toISOString() }
}

/** An address without a scheme (`example.com`) is common in real data; one that runs a script is not an address. */
function storedUrl(value: string): Stored {
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(value)?.[1]?.toLowerCase()
  const isWeb = scheme === undefined || scheme === 'http' || scheme === 'https'
  return isWeb && !/\s/.test(value) && value.length <= LONGEST_URL ? { value } : wrong('a web address')
}

function storedChoice(field: PolicyField, value: string): Stored {
  const option = field.options.find((one) => fold(one.value) === fold(value))
  return option ? { value: option.value } : wrong(`one of ${field.options.map((one) => one.value).join(', ')}`)
}

function storedChoices(field: PolicyField, value: unknown): Stored {
  if (!Array.isArray(value) || value.length > MOST_CHOICES) return wrong('a list of choices')
  if (value.length === 0) return { value: null }
  const chosen = value.map((one) => (typeof one === 'string' ? storedChoice(field, one) : wrong('a list of choices')))
  const bad = chosen.find((one) => 'wrong' in one)
  if (bad) return bad
  return { value: [...new Set(chosen.map((one) => ('value' in one ? String(one.value) : '')))] }
}

function storedUser(value: string, snapshot: Snapshot): Stored {
  const ref = value.startsWith('user:') ? value : `user:${value}`
  const id = snapshot.policy.users.has(ref.slice('user:'.length)) ? snapshot.owners.idOf(ref) : undefined
  return id === undefined ? wrong('a user of the organization, such as user:anna') : { value: id }
}

function storedNumber(field: PolicyField, value: unknown): Stored {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('a number')
  if (field.type === 'integer' && !Number.isSafeInteger(value)) return wrong('a whole number')
  if (field.type === 'money' && !isMoney(value)) return wrong('an amount of at most 15 digits, four of them decimals')
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

/** A column's value as the HTTP interface shows it: users by their key. */
export function fromStored(field: PolicyField, stored: unknown, snapshot: Pick<Snapshot, 'owners'>): FieldValue {
  if (stored === null || stored === undefined) return null
  if (field.type === 'user') return snapshot.owners.refOf(Number(stored)) ?? null
  if (Array.isArray(stored)) return stored.map(String)
  return stored as Scalar
}
