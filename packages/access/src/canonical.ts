import { isDate, parseInstant, startOfDay } from './calendar.ts'
import type { FieldType, Scalar } from './document.ts'
import { fold } from './fold.ts'

const TEXT_TYPES: ReadonlySet<FieldType> = new Set<FieldType>([
  'text',
  'longText',
  'email',
  'phone',
  'url',
  'choice',
  'choices',
  'autoNumber',
  'file',
])
const NUMBER_TYPES: ReadonlySet<FieldType> = new Set<FieldType>(['number', 'integer', 'money', 'percent'])

/** Whether values of the type compare as folded text. */
export function isTextType(type: FieldType): boolean {
  return TEXT_TYPES.has(type)
}

export function isNumberType(type: FieldType): boolean {
  return NUMBER_TYPES.has(type)
}

/**
 * A single value in the form in which values of its field's type compare: text folded, dateTime as epoch ms, date as `YYYY-MM-DD`,
 * user as `user:<key>` or `team:<key>`, lookup as a lower-case id. Nothing where the value is not of the type.
 * A date-only value against a dateTime field is the start of that day in `timeZone`.
 */
export function canonicalValue(value: Scalar, type: FieldType, timeZone: string): Scalar | undefined {
  if (NUMBER_TYPES.has(type)) return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined
  if (typeof value !== 'string') return undefined
  if (type === 'date') return isDate(value) ? value : undefined
  if (type === 'dateTime') return isDate(value) ? startOfDay(value, timeZone) : parseInstant(value)
  if (type === 'user') return /^(user|team):/.test(value) ? value : `user:${value}`
  if (type === 'lookup') return value.toLowerCase()
  return fold(value)
}

/** Whether a field's value counts as empty: null, absent, '' or no choices. */
export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
