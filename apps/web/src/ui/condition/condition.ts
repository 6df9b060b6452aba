/** One comparison of the condition grammar (access model, section 4). */
export interface Comparison {
  readonly field: string
  readonly op: Op
  readonly value?: unknown
}

export const OPS = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'isEmpty',
  'isNotEmpty',
] as const
export type Op = (typeof OPS)[number]

/** Whether it asks for what comes before or after. */
export function isOrder(op: Op): op is 'lt' | 'lte' | 'gt' | 'gte' {
  return op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte'
}

export function isUnary(op: Op): op is 'isEmpty' | 'isNotEmpty' {
  return op === 'isEmpty' || op === 'isNotEmpty'
}

export function isListed(op: Op): op is 'in' | 'notIn' {
  return op === 'in' || op === 'notIn'
}

/** How the parts of a group count: all of them, any, none, or not all of them together. */
export const JOINS = ['all', 'any', 'none', 'notAll'] as const
export type Join = (typeof JOINS)[number]

export interface Group {
  readonly join: Join
  readonly parts: readonly Part[]
  /** The condition that it was read from, for as long as nothing in it is changed: it goes back as it came. */
  readonly source?: unknown
}
/** What is no condition of the grammar stays as it is, to be taken away or kept as a whole. */
export interface Whole {
  readonly whole: unknown
}
export type Part = Comparison | Group | Whole

export const EVERYTHING: Group = { join: 'all', parts: [] }

export function isComparison(part: Part): part is Comparison {
  return 'op' in part
}

export function isGroup(part: Part): part is Group {
  return 'join' in part
}

/** Reads a condition for the builder. */
export function groupOf(condition: unknown): Group {
  if (condition === undefined) return EVERYTHING
  const part = partOf(condition)
  return isGroup(part) ? part : { join: 'all', parts: [part], source: condition }
}

function partOf(condition: unknown): Part {
  const group = openGroup(condition)
  if (group) return { join: group.join, parts: group.parts.map(partOf), source: condition }
  return isWritten(condition) ? condition : { whole: condition }
}

function isWritten(condition: unknown): condition is Comparison {
  return isRecord(condition) && typeof condition.field === 'string' && OPS.some((op) => op === condition.op)
}

function openGroup(condition: unknown): { join: Join; parts: readonly unknown[] } | undefined {
  if (!isRecord(condition)) return undefined
  if (Array.isArray(condition.all)) return { join: 'all', parts: condition.all }
  if (Array.isArray(condition.any)) return { join: 'any', parts: condition.any }
  const { not } = condition
  if (!isRecord(not)) return undefined
  if (Array.isArray(not.all)) return { join: 'notAll', parts: not.all }
  return { join: 'none', parts: Array.isArray(not.any) ? not.any : [not] }
}

/** What becomes of comparisons that aren't filled in: they are left out, or written as far as they are. */
type Unfinished = 'left out' | 'kept'

/** The condition of a group; nothing where nothing is left. */
export function conditionOf(group: Group, unfinished: Unfinished = 'left out'): unknown {
  const { join, parts, source } = group
  if (source !== undefined && (unfinished === 'kept' || !hasUnfinished(group))) return source
  const conditions = parts.flatMap((part) => writtenPart(part, unfinished) ?? [])
  const [first] = conditions
  if (first === undefined) return undefined
  if (join === 'none') return { not: { any: conditions } }
  if (join === 'notAll') return { not: conditions.length === 1 ? first : { all: conditions } }
  return conditions.length === 1 ? first : { [join]: conditions }
}

function writtenPart(part: Part, unfinished: Unfinished): unknown {
  if (isGroup(part)) return conditionOf(part, unfinished)
  if (!isComparison(part)) return part.whole
  return unfinished === 'kept' || isComplete(part) ? part : undefined
}

/** Whether some comparison in it isn't filled in. */
export function hasUnfinished({ parts }: Group): boolean {
  return parts.some((part) => (isGroup(part) ? hasUnfinished(part) : isComparison(part) && !isComplete(part)))
}

export function isComplete({ field, op, value }: Comparison): boolean {
  if (field === '') return false
  return isUnary(op) || (Array.isArray(value) ? value.length > 0 && value.every(isStated) : isStated(value))
}

function isStated(value: unknown): boolean {
  if (isAttribute(value)) return value.user !== ''
  return value !== null && value !== undefined && value !== ''
}

/** `{user: …}`: what the person who asks has. */
export function isAttribute(value: unknown): value is { readonly user: string } {
  return isRecord(value) && typeof value.user === 'string'
}

/** `{user: 'id'}`: the person who asks. */
export function isAsker(value: unknown): value is { readonly user: 'id' } {
  return isAttribute(value) && value.user === 'id'
}

/** `{today: …}`: so many days from the day on which one asks. */
export function isToday(value: unknown): value is { readonly today: number } {
  return isRecord(value) && typeof value.today === 'number'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
