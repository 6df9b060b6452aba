import type { Comparison, Condition, FieldType, Key, Operator, Scalar } from '../document.ts'
import type { FieldValue, RecordFacts } from '../facts.ts'
import { dayNumber, instantOf, startOfDay, today } from './calendar.ts'
import { codePointOrder, folded } from './text.ts'
import { fieldsOf, own, SYSTEM_FIELDS, userOf, type World } from './world.ts'

/** A value ready to be compared with another of its field's type. */
type Comparable = string | number | boolean

const TEXTS: readonly FieldType[] = ['text', 'longText', 'email', 'phone', 'url', 'choice', 'choices', 'autoNumber']
const NUMBERS: readonly FieldType[] = ['number', 'integer', 'money', 'percent']

/** Section 4: whether the condition holds on the record for the asking user. Throws on what a check would have refused. */
export function conditionHolds(world: World, user: Key, condition: Condition, record: RecordFacts): boolean {
  if ('all' in condition) return condition.all.every((part) => conditionHolds(world, user, part, record))
  if ('any' in condition) return condition.any.some((part) => conditionHolds(world, user, part, record))
  if ('not' in condition) return !conditionHolds(world, user, condition.not, record)
  return comparisonHolds(world, user, condition, record)
}

function comparisonHolds(world: World, user: Key, comparison: Comparison, record: RecordFacts): boolean {
  const { field, op } = comparison
  const type = own(fieldsOf(world, record.module), field)?.type
  if (type === undefined) throw new Error(`no field ${field} in ${record.module}`)
  const value = heldBy(record, field)
  if (op === 'isEmpty') return isEmpty(value)
  if (op === 'isNotEmpty') return !isEmpty(value)
  if (isEmpty(value)) return false
  const wanted = wantedValues(world, user, comparison, type)
  if (wanted === undefined) return false
  const held = (Array.isArray(value) ? value : [value]).map((each) => comparable(world, type, each))
  if (type === 'choices') return op === 'contains' && held.some((option) => option === wanted[0])
  return answer(op, held[0], wanted)
}

function heldBy(record: RecordFacts, field: Key): FieldValue | undefined {
  if (!Object.hasOwn(SYSTEM_FIELDS, field)) return own(record.values, field)
  const system: { readonly [field: string]: FieldValue | undefined } = {
    id: record.id,
    owner: record.owner,
    confidential: record.confidential,
    createdAt: record.createdAt,
    createdBy: record.createdBy,
    updatedAt: record.updatedAt,
    updatedBy: record.updatedBy,
    version: record.version,
  }
  return system[field]
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** What the field is compared with; undefined where the user lacks the attribute. */
function wantedValues(world: World, user: Key, comparison: Comparison, type: FieldType): Comparable[] | undefined {
  const { value } = comparison
  const wanted = (typeof value === 'object' ? fromCircumstances(world, user, value, type) : [value]).map((each) =>
    typeof each === 'object' ? each.comparable : comparable(world, type, each),
  )
  return wanted.every((each) => each !== undefined) ? wanted : undefined
}

type Circumstance = readonly Scalar[] | { readonly user: string } | { readonly today: number }

function fromCircumstances(
  world: World,
  user: Key,
  value: Circumstance,
  type: FieldType,
): readonly (Scalar | undefined | { readonly comparable: Comparable })[] {
  if ('user' in value) return [attributeOf(world, user, value.user, type)]
  if (!('today' in value)) return value
  const zone = timeZoneOf(world)
  const day = today(world.now, zone) + value.today
  return [{ comparable: type === 'date' ? day : startOfDay(day, zone) }]
}

function attributeOf(world: World, user: Key, attribute: string, type: FieldType): Scalar | undefined {
  if (attribute === 'id') return type === 'user' ? `user:${user}` : user
  if (attribute === 'role') return userOf(world, user)?.role
  return own(userOf(world, user)?.attributes, attribute)
}

/** undefined where the value isn't one of the field's type. */
function comparable(world: World, type: FieldType, value: FieldValue | undefined): Comparable | undefined {
  if (NUMBERS.includes(type)) return typeof value === 'number' ? value : undefined
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined
  if (typeof value !== 'string') return undefined
  if (TEXTS.includes(type)) return folded(value)
  if (type === 'date') return dayNumber(value)
  if (type === 'dateTime') return instantOf(value) ?? startOf(dayNumber(value), timeZoneOf(world))
  if (type === 'user') return value.includes(':') ? value : `user:${value}`
  return value.toLowerCase()
}

function startOf(day: number | undefined, zone: string): number | undefined {
  return day === undefined ? undefined : startOfDay(day, zone)
}

function timeZoneOf(world: World): string {
  return world.document.organization?.timeZone ?? 'UTC'
}

function answer(op: Operator, held: Comparable | undefined, wanted: readonly Comparable[]): boolean {
  const [first] = wanted
  if (held === undefined) return false
  if (op === 'in') return wanted.includes(held)
  if (op === 'notIn') return !wanted.includes(held)
  if (first === undefined) return false
  if (op === 'eq') return held === first
  if (op === 'ne') return held !== first
  if (op === 'lt') return order(held, first) < 0
  if (op === 'lte') return order(held, first) <= 0
  if (op === 'gt') return order(held, first) > 0
  if (op === 'gte') return order(held, first) >= 0
  if (typeof held !== 'string' || typeof first !== 'string') throw new Error(`${op} is for text`)
  return op === 'contains' ? held.includes(first) : held.startsWith(first)
}

function order(left: Comparable, right: Comparable): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return codePointOrder(left, right)
  throw new Error('these have no order')
}
