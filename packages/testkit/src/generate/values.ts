import type { FieldDefinition, FieldValue, Key, Scalar } from '@bailiwick/access'
import { INTEGERS, MONEYS, NUMBERS, OPTIONS, pick, TEXTS } from './pools.ts'

const DAY = 86_400_000

/** From what the values of a world are taken: a handful of each kind, shared by records, conditions and attributes. */
export interface Values {
  readonly now: number
  readonly texts: readonly string[]
  readonly users: readonly Key[]
}

export function valuesFor(now: number, textsFrom: number, users: readonly Key[]): Values {
  return { now, texts: pick(TEXTS, textsFrom), users }
}

/** Ids of the records, in their order: version 7 in shape, and the same in every world. */
export function recordId(position: number): string {
  return `019b0000-0000-7000-8000-00000000000${(position % 16).toString(16)}`
}

/** What a field of the type may hold, or be compared with; empty for types whose values are never made up. */
export function valuesOf(
  { now, texts, users }: Values,
  { type, options = OPTIONS }: FieldDefinition,
): readonly Scalar[] {
  switch (type) {
    case 'text':
    case 'longText':
    case 'email':
    case 'phone':
    case 'url':
      return texts
    case 'autoNumber':
      return [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `A-${number}`)
    case 'number':
    case 'percent':
      return NUMBERS
    case 'integer':
      return INTEGERS
    case 'money':
      return MONEYS
    case 'boolean':
      return [true, false]
    case 'date':
      return [-2, -1, 0, 1, 2].map((days) => new Date(now + days * DAY).toISOString().slice(0, 10))
    case 'dateTime':
      return instantsAround(now)
    case 'choice':
    case 'choices':
      return options.map((option) => (typeof option === 'string' ? option : option.value))
    case 'lookup':
      return [0, 1, 2, 3, 4, 5, 6, 7].map(recordId)
    case 'user':
      return users.map((user) => `user:${user}`)
    case 'file':
      return []
  }
}

/** Now, and the last midnight in offsets from UTC+14 to UTC−3:30, each with the millisecond before. */
function instantsAround(now: number): string[] {
  const midnights = [14, 2, 0, -2.5, -3.5].map((hours) => {
    const ahead = hours * 3_600_000
    return Math.floor((now + ahead) / DAY) * DAY - ahead
  })
  return [now, ...midnights].flatMap((instant) => [0, -1].map((ms) => new Date(instant + ms).toISOString()))
}

/** A record's value for the field; every third one is empty. */
export function heldValue(values: Values, field: FieldDefinition, at: number): FieldValue {
  const possible = valuesOf(values, field)
  if (at % 3 === 0 || possible.length === 0) return null
  const first = pick(possible, Math.floor(at / 3))
  if (field.type === 'choices') return [...new Set([String(first), String(pick(possible, at))])]
  return first
}

/** Attributes that conditions ask for, with what they may be. */
export function attributesOf(values: Values, unchecked: boolean): readonly (readonly [Key, readonly Scalar[]])[] {
  const proper: readonly (readonly [Key, readonly Scalar[]])[] = [
    ['region', values.texts],
    ['limit', [...INTEGERS, 100000]],
    ['since', valuesOf(values, { type: 'date' })],
    ['moment', instantsAround(values.now)],
    ['vip', [true, false]],
    ['buddy', [...valuesOf(values, { type: 'user' }), ...values.users, 'nobody at all']],
    ['stage', [...OPTIONS, 'won', 'Unheard of']],
    ['home', [...valuesOf(values, { type: 'lookup' }), 'nowhere']],
  ]
  return unchecked ? proper.map(([key, own]) => [key, [...own, 7, 'soon', true]]) : proper
}
