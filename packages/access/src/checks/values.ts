import { isDate, parseInstant } from '../calendar.ts'
import type { FieldType, Scalar } from '../document.ts'
import { isNumeric, isTextLike } from '../operators.ts'
import { isKey, parseOwner } from '../principal.ts'
import type { Context } from './context.ts'
import { checkReference } from './context.ts'
import type { LooseField } from './loose.ts'
import { aField, shown } from './problem.ts'
import { capital, isStorable } from './shape.ts'

/** Where a value stands: some places take a shorter way of writing it, or something less exact. */
export interface ValuePlace {
  readonly path: string
  /** Users by their bare key too, and instants by their day alone (as conditions have them). */
  readonly isCondition?: boolean
  /** Teams too (the owner of a record). */
  readonly isOwner?: boolean
  /** Lookups by any name (made-up records have made-up ids). */
  readonly isMadeUp?: boolean
}

const LONGEST_VALUE = 10_000
const RECORD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text)
}

/** PostgreSQL's numeric(19,4) holds fifteen digits before the point; a double tells no more apart. */
const MONEY_LIMIT = 1e15

/** What a value of the type looks like, for a cure. */
const LOOKS: { readonly [type in FieldType]: string } = {
  text: 'Write a text, in quotes.',
  longText: 'Write a text, in quotes.',
  number: 'Write a number.',
  integer: 'Write a whole number.',
  money: 'Write a number with at most four decimals.',
  percent: 'Write a number.',
  boolean: 'Write true or false.',
  date: 'Write a calendar day such as "2026-03-31".',
  dateTime: 'Write an instant such as "2026-03-31T08:00:00Z".',
  email: 'Write a text, in quotes.',
  phone: 'Write a text, in quotes.',
  url: 'Write a text, in quotes.',
  choice: 'Write one of the options.',
  choices: 'Write one of the options.',
  lookup: 'Write the id of a record.',
  user: 'Write user:<key>.',
  autoNumber: 'Write a text, in quotes.',
  file: 'Leave it out: a file has no value that can be written here.',
}

/** Reports a single value that a field of this kind could not hold (of `choices`: one of them). Says whether it could. */
export function checkValue(context: Context, value: unknown, field: LooseField, place: ValuePlace): boolean {
  const { type } = field
  if (type === undefined) return true
  if (!fits(value, type, place)) {
    context.findings.add(place.path, `${capital(shown(value))} is not a value of ${aField(type)}.`, LOOKS[type])
    return false
  }
  if (type === 'choice' || type === 'choices') return checkOption(context, value as string, field, place.path)
  if (type === 'user') return checkPerson(context, value as string, place.path)
  return true
}

function fits(value: unknown, type: FieldType, place: ValuePlace): value is Scalar {
  if (isNumeric(type)) return typeof value === 'number' && isNumberOf(type, value)
  if (type === 'boolean') return typeof value === 'boolean'
  if (typeof value !== 'string' || value.length > LONGEST_VALUE || !isStorable(value)) return false
  if (isTextLike(type) || type === 'choice' || type === 'choices') return true
  if (type === 'date') return isDate(value)
  if (type === 'dateTime') return parseInstant(value) !== undefined || (place.isCondition === true && isDate(value))
  if (type === 'lookup') return isRecordId(value) || place.isMadeUp === true
  return type === 'user' && isPerson(value, place)
}

function isNumberOf(type: FieldType, value: number): boolean {
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'money') return Math.abs(value) < MONEY_LIMIT && Number(value.toFixed(4)) === value
  return Number.isFinite(value)
}

function isPerson(value: string, { isOwner, isCondition }: ValuePlace): boolean {
  const owner = parseOwner(value)
  return owner ? isOwner === true || owner.kind === 'user' : isCondition === true && isKey(value)
}

function checkPerson(context: Context, value: string, path: string): boolean {
  const owner = parseOwner(value) ?? { kind: 'user' as const, key: value }
  return context.known[owner.kind] === undefined || checkReference(context, owner.kind, owner.key, path)
}

/** The values that a choice may take, as far as they can be read. */
export function optionValues(field: LooseField): string[] {
  return (field.options ?? []).flatMap((option) => (typeof option === 'string' ? option : (option.value ?? [])))
}

function checkOption({ findings }: Context, value: string, field: LooseField, path: string): boolean {
  const options = optionValues(field)
  // A choice without options is a problem of its own; here it could only repeat itself.
  if (options.length === 0 || options.includes(value)) return true
  findings.add(path, `The field has no option ${shown(value)}.`, findings.suggestion('option', value, options))
  return false
}
