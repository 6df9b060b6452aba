import type { ReachCondition } from '../reach-condition.ts'

/** Whether two conditions are the same tree. Unequal trees may still hold on the same records: counting tells. */
export function conditionsEqual(a: ReachCondition, b: ReachCondition): boolean {
  return valuesEqual(a, b)
}

function valuesEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a instanceof Set && b instanceof Set) return setsEqual(a, b)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, at) => valuesEqual(one, b[at]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && valuesEqual(a[key], b[key]))
  )
}

/** Of large sets, which thousands of people have in their conditions, each pair is looked at once; sets never change. */
const comparedSets = new WeakMap<ReadonlySet<unknown>, WeakMap<ReadonlySet<unknown>, boolean>>()
const LARGE = 16

function setsEqual(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  if (a.size !== b.size) return false
  if (a.size < LARGE) return isSubset(a, b)
  const compared = comparedSets.get(a) ?? new WeakMap<ReadonlySet<unknown>, boolean>()
  comparedSets.set(a, compared)
  const answer = compared.get(b) ?? isSubset(a, b)
  compared.set(b, answer)
  return answer
}

function isSubset(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  for (const one of a) if (!b.has(one)) return false
  return true
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)
}
