import { expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { requireMapping, requireOptions } from './mapping.ts'

/** What is wrong, by its place. */
function told(work: () => unknown): Record<string, string> {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return Object.fromEntries((error.errors ?? []).map(({ path, message }) => [path, message]))
  }
  return {}
}

test('of a mapping a place is told once, with what would be right', () => {
  expect(told(() => requireMapping({ columns: { Name: 7 }, key: 5, fields: {} }))).toEqual({
    '/mapping/columns/Name': 'must be a text or an object',
    '/mapping/key': 'must be a text',
    '/mapping/fields': 'is not known here',
  })
  expect(told(() => requireMapping([]))).toEqual({ '/mapping': 'must be an object' })
})

test('so it is of options', () => {
  expect(told(() => requireOptions({ dateOrder: 'ydm', headerRow: 'first' }))).toEqual({
    '/options/dateOrder': 'must be one of dmy, mdy, iso',
    '/options/headerRow': 'must be a whole number',
  })
})
