import { FIELD_TYPES, operatorsOf } from '@bailiwick/access'
import type { FieldInfo } from '../../lib/modules.ts'
import { type Comparison, isListed, isUnary, type Op } from './condition.ts'

type Typed = Pick<FieldInfo, 'type'>

const TEXT: readonly Op[] = ['contains', 'startsWith']
const ORDER: readonly Op[] = ['gte', 'lte', 'gt', 'lt']
const CHOICE: readonly Op[] = ['in', 'notIn']

/** What one mostly wants to ask of a field, before all else that can be asked. */
const FIRST: Readonly<Record<string, readonly Op[]>> = {
  number: ORDER,
  integer: ORDER,
  money: ORDER,
  percent: ORDER,
  date: ORDER,
  dateTime: ORDER,
  choice: CHOICE,
  boolean: ['eq'],
  choices: ['contains'],
  lookup: ['eq'],
  user: ['eq'],
  file: ['isNotEmpty'],
}

const LAST: readonly Op[] = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isEmpty', 'isNotEmpty']

/** How a field can be compared (access model, section 4); the first is what one mostly wants. */
export function opsOf({ type }: Typed): readonly Op[] {
  const known = FIELD_TYPES.find((one) => one === type)
  if (!known) return []
  const allowed = operatorsOf(known)
  return [...new Set([...(FIRST[type] ?? TEXT), ...LAST])].filter((op) => allowed.has(op))
}

/** A comparison to be filled in. */
export function newComparison(field: Pick<FieldInfo, 'field' | 'type'>): Comparison {
  const [op = 'eq'] = opsOf(field)
  if (isUnary(op)) return { field: field.field, op }
  return { field: field.field, op, value: isListed(op) ? [] : field.type === 'boolean' ? true : null }
}

/** The comparison made in another way, with its value as far as that takes it. */
export function withOp({ field, value = null }: Comparison, op: Op): Comparison {
  if (isUnary(op)) return { field, op }
  const literals = (Array.isArray(value) ? value : [value]).filter((one) => typeof one !== 'object')
  if (isListed(op)) return { field, op, value: literals }
  return { field, op, value: Array.isArray(value) ? (literals.length === 1 ? literals[0] : null) : value }
}

/** The fields that a condition can turn on: nothing masked, and nothing kept encrypted. */
export function comparableFields(fields: readonly FieldInfo[]): readonly FieldInfo[] {
  return fields.filter(({ access, encrypted }) => access !== 'masked' && !encrypted)
}
