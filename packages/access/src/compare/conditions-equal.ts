import type { ReachCondition } from '../reach-condition.ts'

/** Whether two conditions are the same tree. Unequal trees may still hold on the same records: counting tells. */
export function conditionsEqual(a: ReachCondition, b: ReachCondition): boolean {
  return valuesEqual(a, b)
}

function valuesEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((one) => b.has(one))
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, at) => valuesEqual(one, b[at]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && valuesEqual(a[key], b[key]))
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)
}
