import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDocument } from './check-document.ts'
import { SECTIONS } from './checks/loose.ts'
import { catalogue, nordwind } from './checks/nordwind.test-data.ts'

/** Never throws, never takes long of the processor’s time, and says what is wrong where, or answers with a document. */
function expectAnswer(input: unknown, base = nordwind): void {
  const began = process.cpuUsage()
  const { problems, document } = checkDocument(input, { catalogue, base })
  expect(process.cpuUsage(began).user).toBeLessThan(3_000_000)
  expect(problems.length === 0).toBe(document !== undefined)
  for (const { path, message, cure } of problems) {
    expect(path).toMatch(/^(\/|$)/)
    expect(message).not.toBe('')
    expect(cure).not.toBe('')
  }
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
})

test('whatever comes in, it is answered', () => {
  fc.assert(
    fc.property(anything, (input) => expectAnswer(input)),
    { numRuns: 500 },
  )
})

test('whatever stands in a section, it is answered', () => {
  const section = fc.oneof(
    anything,
    fc.dictionary(fc.string(), anything),
    fc.dictionary(fc.string(), fc.dictionary(fc.string(), anything)),
  )
  const document = fc.tuple(fc.constantFrom(...SECTIONS), section)
  fc.assert(
    fc.property(document, ([key, value]) => expectAnswer({ bailiwick: 1, [key]: value })),
    { numRuns: 500 },
  )
})

/** Every place in the sound document, as the keys that lead to it. */
function places(value: unknown, trail: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [trail]
  return [trail, ...Object.entries(value).flatMap(([key, part]) => places(part, [...trail, key]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (String(index) === key ? replaced(part, rest, by) : part))
  const entries = Object.entries(value ?? {}).map(([name, part]) => [
    name,
    name === key ? replaced(part, rest, by) : part,
  ])
  return Object.fromEntries(entries)
}

/** Words that mean something somewhere, put where they don't belong. */
const telling = fc.constantFrom<unknown>(
  'anna',
  'user:anna',
  'everyone',
  'deals',
  'name',
  '__proto__',
  'constructor',
  '',
  0,
  -1,
  1e308,
  null,
  true,
  [],
  {},
  [[]],
)
const mutation = fc.record({
  place: fc.constantFrom(...places(nordwind)),
  by: fc.oneof(telling, fc.jsonValue(), anything),
})

test('a sound document with something put where it does not belong is answered', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const broken = mutations.reduce<unknown>((document, { place, by }) => replaced(document, place, by), nordwind)
      expectAnswer(broken)
    }),
    { numRuns: 1_500 },
  )
})

test('nothing that comes in is changed', () => {
  fc.assert(
    fc.property(mutation, ({ place, by }) => {
      const input = replaced(nordwind, place, by)
      const before = structuredClone(nordwind)
      checkDocument(input, { catalogue, base: nordwind })
      expect(nordwind).toEqual(before)
    }),
    { numRuns: 50 },
  )
})
