import { addDays, parseInstant, startOfDay, today } from './calendar.ts'
import { canonicalValue, isEmptyValue } from './canonical.ts'
import type { FieldType, Key, Level, Operator, Scalar } from './document.ts'
import { LEVELS } from './document.ts'
import type { Asking, FieldValue, RecordFacts } from './facts.ts'
import { compareCodePoints } from './fold.ts'
import type { ComparedValue, FieldComparison, ReachCondition } from './reach-condition.ts'

/** What evaluation needs besides facts: the moment asked, and the organization's time zone. */
export interface Moment extends Asking {
  readonly timeZone: string
}

/** Whether a reach's condition holds on a record. The database's reading of the same tree is `select`. */
export function holds(condition: ReachCondition, facts: RecordFacts, moment: Moment): boolean {
  return testOf(condition)(facts, moment)
}

type Test = (facts: RecordFacts, moment: Moment) => boolean

/** Conditions never change, and one is asked about many records: as functions they answer five times as fast as the tree walked anew. */
const tests = new WeakMap<ReachCondition, Test>()

function testOf(condition: ReachCondition): Test {
  const known = tests.get(condition)
  if (known) return known
  const made = makeTest(condition)
  tests.set(condition, made)
  return made
}

function makeTest(condition: ReachCondition): Test {
  if ('literal' in condition) return () => condition.literal
  if ('owners' in condition) return (facts) => condition.owners.has(facts.owner)
  if ('any' in condition) return anyOf(condition.any.map(testOf))
  if ('all' in condition) return allOf(condition.all.map(testOf))
  if ('not' in condition) return noneOf(testOf(condition.not))
  if ('compare' in condition) return (facts, moment) => compareHolds(condition.compare, facts, moment)
  if ('confidential' in condition) return (facts) => facts.confidential
  if ('sharedWith' in condition) return (facts, moment) => isShared(condition, facts, moment)
  return onParent(testOf(condition.parent.condition))
}

function anyOf(parts: readonly Test[]): Test {
  return (facts, moment) => {
    for (const part of parts) if (part(facts, moment)) return true
    return false
  }
}

function allOf(parts: readonly Test[]): Test {
  return (facts, moment) => {
    for (const part of parts) if (!part(facts, moment)) return false
    return true
  }
}

function noneOf(part: Test): Test {
  return (facts, moment) => !part(facts, moment)
}

function onParent(test: Test): Test {
  return ({ parent }, moment) => parent != null && !parent.deleted && test(parent, moment)
}

function isShared(
  condition: Extract<ReachCondition, { readonly sharedWith: unknown }>,
  { shares }: RecordFacts,
  { now }: Moment,
): boolean {
  return shares.some(
    (share) =>
      condition.sharedWith.has(share.with) &&
      rankOf(share.level) >= rankOf(condition.atLeast) &&
      (share.expiresAt === undefined || share.expiresAt > now),
  )
}

export function rankOf(level: Level): number {
  return LEVELS.indexOf(level)
}

function compareHolds(comparison: FieldComparison, facts: RecordFacts, moment: Moment): boolean {
  const stored = storedValue(facts, comparison.field)
  if (comparison.op === 'isEmpty') return isEmptyValue(stored)
  if (isEmptyValue(stored)) return false
  if (comparison.op === 'isNotEmpty') return true
  const wanted = resolveValue(comparison.value, comparison.type, moment)
  if (Array.isArray(stored)) return stored.some((one) => canonicalValue(one, 'choice', moment.timeZone) === wanted)
  const value = canonicalValue(stored as Scalar, comparison.type, moment.timeZone)
  return value !== undefined && wanted !== undefined && matches(comparison.op, value, wanted)
}

/** The value of a field, system fields included, as the facts hold it. */
function storedValue(facts: RecordFacts, field: Key): FieldValue | undefined {
  switch (field) {
    case 'id':
      return facts.id
    case 'owner':
      return facts.owner
    case 'confidential':
      return facts.confidential
    case 'createdAt':
      return facts.createdAt
    case 'createdBy':
      return facts.createdBy
    case 'updatedAt':
      return facts.updatedAt
    case 'updatedBy':
      return facts.updatedBy
    case 'version':
      return facts.version
    default:
      return Object.hasOwn(facts.values, field) ? facts.values[field] : undefined
  }
}

/** Puts today's date in: a calendar day for date fields, its first instant (epoch ms) for dateTime fields. */
export function resolveValue(
  value: ComparedValue | undefined,
  type: FieldType,
  moment: Moment,
): Scalar | readonly Scalar[] | undefined {
  if (typeof value !== 'object' || !('today' in value)) return value
  const day = addDays(today(moment.now, moment.timeZone), value.today)
  return type === 'dateTime' ? startOfDay(day, moment.timeZone) : day
}

function matches(op: Operator, value: Scalar, wanted: Scalar | readonly Scalar[]): boolean {
  if (Array.isArray(wanted)) return (op === 'in') === wanted.includes(value)
  const one = wanted as Scalar
  switch (op) {
    case 'eq':
      return value === one
    case 'ne':
      return value !== one
    case 'contains':
      return String(value).includes(String(one))
    case 'startsWith':
      return String(value).startsWith(String(one))
    case 'lt':
      return order(value, one) < 0
    case 'lte':
      return order(value, one) <= 0
    case 'gt':
      return order(value, one) > 0
    case 'gte':
      return order(value, one) >= 0
    default:
      return false
  }
}

function order(a: Scalar, b: Scalar): number {
  return typeof a === 'string' && typeof b === 'string' ? compareCodePoints(a, b) : Number(a) - Number(b)
}

/** Epoch ms of a stored date-time; nothing where it is none. */
export const instantOf = parseInstant
