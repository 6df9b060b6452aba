import { expect, test } from 'vitest'
import * as contract from './index.ts'

function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = 'pattern' in schema && typeof schema.pattern === 'string' ? [schema.pattern] : []
  return [...own, ...Object.values(schema).flatMap(patternsIn)]
}

test('every pattern of the contract can be told in words', () => {
  const patterns = new Set(patternsIn({ ...contract }))
  expect(patterns.size).toBeGreaterThan(4)
  expect([...patterns].filter((pattern) => contract.wordsOfPattern(pattern) === undefined)).toEqual([])
})
