import { addDays } from '../calendar.ts'
import { isNumberType, isTextType } from '../canonical.ts'
import type { FieldType, Scalar } from '../document.ts'
import { resolveValue } from '../evaluate.ts'
import type { FieldValue } from '../facts.ts'
import type { FieldComparison } from '../reach-condition.ts'

/**
 * Values of a field that stand for all there are, as far as the comparisons tell them apart: what is compared with, and what lies
 * between and beyond. Empty is left to whoever asks. Nothing where that can't be told: today's day against a certain one.
 */
export function possibleValues(
  type: FieldType,
  comparisons: readonly FieldComparison[],
  timeZone: string,
): readonly FieldValue[] | undefined {
  const withValue = comparisons.filter(({ value }) => value !== undefined)
  const relative = withValue.filter(({ value }) => typeof value === 'object' && 'today' in value)
  if (relative.length > 0 && relative.length < withValue.length) return undefined
  const named = withValue.flatMap(({ value }) => resolveValue(value, type, { now: 0, timeZone }) ?? [])
  return valuesAround(type, [...new Set<Scalar>(named)])
}

function valuesAround(type: FieldType, named: readonly Scalar[]): readonly FieldValue[] {
  if (type === 'boolean') return [true, false]
  if (isNumberType(type)) return numbersAround(named.map(Number), type === 'integer')
  if (type === 'dateTime') return numbersAround(named.map(Number), true).flatMap(instant)
  if (type === 'date') return datesAround(named.map(String))
  const texts = named.map(String)
  const another = `${texts.join('')}x`
  if (type === 'choices') return [texts, [another], ...texts.map((one) => [one])].filter((list) => list.length > 0)
  if (type === 'user') return [...texts, `user:${another}`]
  return isTextType(type) && type !== 'choice' ? textsAround(texts, another) : [...texts, another]
}

function numbersAround(named: readonly number[], isWhole: boolean): number[] {
  const sorted = named.toSorted((one, other) => one - other)
  const between = sorted.flatMap((low, at) => {
    const high = sorted[at + 1]
    const middle = high === undefined ? low : isWhole ? low + 1 : (low + high) / 2
    return high !== undefined && low < middle && middle < high ? [middle] : []
  })
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const beyond = isWhole ? [low - 1, high + 1] : [low - Math.max(1, Math.abs(low)), high + Math.max(1, Math.abs(high))]
  return [...sorted, ...between, ...beyond]
}

function instant(ms: number): string[] {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? [] : [date.toISOString()]
}

function datesAround(named: readonly string[]): string[] {
  if (named.length === 0) return ['2000-01-01']
  return named.flatMap((date) => [addDays(date, -1), date, addDays(date, 1)])
}

/** What comes next after a text has the lowest character more. */
function textsAround(named: readonly string[], another: string): string[] {
  const after = named.flatMap((text) => named.map((_, at) => `${text}${'\0'.repeat(at + 1)}`))
  return [...named, ...after, '\0', another]
}

/** Whether those values stand for all: not where pieces of texts are asked for, unless the whole text is. */
export function isComplete(wanted: readonly FieldComparison[], all: readonly FieldComparison[]): boolean {
  const isWhole = wanted.some(({ op }) => op === 'eq' || op === 'in' || op === 'isEmpty')
  return isWhole || !all.some(({ op, type }) => type !== 'choices' && (op === 'contains' || op === 'startsWith'))
}
