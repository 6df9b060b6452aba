import { expect, test } from 'vitest'
import { findCycles, shownCycle } from './cycles.ts'

const edges = (graph: { readonly [key: string]: readonly string[] }) => new Map(Object.entries(graph))

test('a tree has no cycle', () => {
  expect(findCycles(edges({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([])
})

test('a key that names itself is a cycle', () => {
  expect(findCycles(edges({ a: ['a'] }))).toEqual([['a']])
})

test('a cycle is told once, without the way that leads to it', () => {
  expect(findCycles(edges({ x: ['a'], a: ['b'], b: ['c'], c: ['a'] }))).toEqual([['a', 'b', 'c']])
})

test('cycles apart from each other are each told', () => {
  expect(findCycles(edges({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('cycles that share a key are each told', () => {
  expect(findCycles(edges({ a: ['b', 'c'], b: ['a'], c: ['a'] }))).toEqual([
    ['a', 'b'],
    ['a', 'c'],
  ])
})

test('what a key names need not be there', () => {
  expect(findCycles(edges({ a: ['nowhere'] }))).toEqual([])
})

test('a chain of a hundred thousand is walked, and so is its circle', () => {
  const chain = new Map(
    Array.from({ length: 100_000 }, (_, index): [string, string[]] => [`k${index}`, [`k${index + 1}`]]),
  )
  expect(findCycles(chain)).toEqual([])
  chain.set('k100000', ['k0'])
  expect(findCycles(chain)[0]).toHaveLength(100_001)
})

test('a long way round is shown by its beginning', () => {
  expect(shownCycle(['a', 'b'])).toBe('a → b → a')
  expect(shownCycle('abcdefghijk'.split(''))).toBe('a → b → c → d → e → f → g → h → … → a')
})
