import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { INTERFACES } from './interfaces.ts'
import type { Cell } from './leak-guards.ts'
import { LEAK_TABLE } from './leak-table.ts'

/** That every route is of an interface of the table is a test of the sweep's, which asks the running program for its routes. */

const SOURCES = new URL('../', import.meta.url)
const interfaces = Object.keys(INTERFACES) as (keyof typeof INTERFACES)[]

test('the table has every class once', () => {
  expect(LEAK_TABLE.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1))
})

describe.each(LEAK_TABLE)('$number: $name', ({ cells, elsewhere }) => {
  test.each(interfaces)('over %s is tested by a test that is there, or cannot be, for a reason', (one) => {
    const cell: Cell | undefined = cells[one] ?? elsewhere
    if (typeof cell === 'object') {
      expect(cell.title.length).toBeGreaterThan(5)
      expect(readFileSync(new URL(cell.file, SOURCES), 'utf8')).toContain(cell.title)
    } else expect(cell?.length).toBeGreaterThan(10)
  })
})
