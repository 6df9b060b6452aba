import fc, { type Arbitrary } from 'fast-check'
import { nastyValue } from './hostile-values.ts'
import { SIEGE_POLICY } from './siege-policy.ts'

/** The policy that stands, with something in it put in another's place. */
export const hostilePolicy: Arbitrary<unknown> = fc
  .array(fc.tuple(fc.nat(), fc.oneof(nastyValue, fc.nat())), { maxLength: 3 })
  .map((changes) => {
    const document: unknown = structuredClone(SIEGE_POLICY)
    for (const [at, value] of changes) replaceMember(document, at, value)
    return document
  })

/** Puts `value` where the `at`-th member stands; a number that is one of a member puts that member there. */
function replaceMember(document: unknown, at: number, value: unknown): void {
  const places = membersOf(document)
  const [holder, key] = places[at % places.length] ?? []
  const [other, otherKey] = typeof value === 'number' ? (places[Math.abs(Math.trunc(value)) % places.length] ?? []) : []
  if (!holder || key === undefined) return
  if (other && otherKey !== undefined && Number.isSafeInteger(value)) holder[key] = structuredClone(other[otherKey])
  else
    Object.defineProperty(holder, key, {
      value: structuredClone(value),
      enumerable: true,
      configurable: true,
      writable: true,
    })
}

function membersOf(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [Record<string, unknown>, string],
    ...membersOf(holder[key]),
  ])
}
