/** One comparison of the condition grammar (access model, section 4). */
export interface Comparison {
  readonly field: string
  readonly op: Op
  readonly value?: unknown
}

export type Op =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'startsWith'
  | 'isEmpty'
  | 'isNotEmpty'

/** Whether it asks for what comes before or after. */
export function isOrder(op: Op): op is 'lt' | 'lte' | 'gt' | 'gte' {
  return op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte'
}

/** How the parts of a group count: all of them, any, or none. */
export type Join = 'all' | 'any' | 'none'

export interface Group {
  readonly join: Join
  readonly parts: readonly Part[]
}
/** What is nested deeper than the builder shows stays as it is, to be taken away or kept as a whole. */
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

/** Reads a condition for the builder: groups in one group, and comparisons in those. */
export function groupOf(condition: unknown): Group {
  if (condition === undefined) return EVERYTHING
  const part = partOf(condition, 2)
  return isGroup(part) ? part : { join: 'all', parts: [part] }
}

function partOf(condition: unknown, depth: number): Part {
  const comparison = comparisonOf(condition)
  if (comparison) return comparison
  const group = depth > 0 ? openGroup(condition) : undefined
  return group ? { join: group.join, parts: group.parts.map((part) => partOf(part, depth - 1)) } : { whole: condition }
}

function comparisonOf(condition: unknown): Comparison | undefined {
  if (!isRecord(condition) || typeof condition.field !== 'string' || typeof condition.op !== 'string') return undefined
  return condition as unknown as Comparison
}

function openGroup(condition: unknown): { join: Join; parts: readonly unknown[] } | undefined {
  if (!isRecord(condition)) return undefined
  if (Array.isArray(condition.all)) return { join: 'all', parts: condition.all }
  if (Array.isArray(condition.any)) return { join: 'any', parts: condition.any }
  if (!isRecord(condition.not)) return undefined
  return { join: 'none', parts: Array.isArray(condition.not.any) ? condition.not.any : [condition.not] }
}

/** The condition of a group, without what isn't filled in yet; nothing where nothing is left. */
export function conditionOf({ join, parts }: Group): unknown {
  const conditions = parts.flatMap((part) => writtenPart(part) ?? [])
  if (conditions.length === 0) return undefined
  if (join === 'none') return { not: { any: conditions } }
  return conditions.length === 1 ? conditions[0] : { [join]: conditions }
}

function writtenPart(part: Part): unknown {
  if (isGroup(part)) return conditionOf(part)
  if (!isComparison(part)) return part.whole
  return isComplete(part) ? part : undefined
}

export function isComplete({ field, op, value }: Comparison): boolean {
  if (field === '') return false
  if (op === 'isEmpty' || op === 'isNotEmpty') return true
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
