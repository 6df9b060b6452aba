import type { FieldType, Operator } from './document.ts'

const PRESENCE: readonly Operator[] = ['isEmpty', 'isNotEmpty']
const EQUALITY: readonly Operator[] = ['eq', 'ne', 'in', 'notIn', ...PRESENCE]
const ORDER: readonly Operator[] = [...EQUALITY, 'lt', 'lte', 'gt', 'gte']
const TEXT: readonly Operator[] = [...ORDER, 'contains', 'startsWith']

const BY_TYPE: { readonly [type in FieldType]: ReadonlySet<Operator> } = {
  text: new Set(TEXT),
  longText: new Set(TEXT),
  email: new Set(TEXT),
  phone: new Set(TEXT),
  url: new Set(TEXT),
  autoNumber: new Set(TEXT),
  number: new Set(ORDER),
  integer: new Set(ORDER),
  money: new Set(ORDER),
  percent: new Set(ORDER),
  date: new Set(ORDER),
  dateTime: new Set(ORDER),
  boolean: new Set(EQUALITY),
  choice: new Set(EQUALITY),
  lookup: new Set(EQUALITY),
  user: new Set(EQUALITY),
  choices: new Set(['contains', ...PRESENCE]),
  file: new Set(PRESENCE),
}

/** The operators that a comparison on a field of this type may use (access model, section 4). */
export function operatorsOf(type: FieldType): ReadonlySet<Operator> {
  return BY_TYPE[type]
}

/** Whether values of the type are free text: what masks, encryption and text comparison are made for. */
export function isTextLike(type: FieldType): boolean {
  return BY_TYPE[type].has('startsWith')
}

/** Whether values of the type are JSON numbers. */
export function isNumeric(type: FieldType): boolean {
  return type === 'number' || type === 'integer' || type === 'money' || type === 'percent'
}
