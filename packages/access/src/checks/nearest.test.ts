import { expect, test } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

const purse = (cells = Number.POSITIVE_INFINITY) => {
  let left = cells
  return {
    spend(spent: number) {
      left -= spent
      return left >= 0
    },
  }
}

test.each([
  ['', '', 0],
  ['a', '', 1],
  ['role', 'role', 0],
  ['role', 'rule', 1],
  ['slaes', 'sales', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
])('%j is edited into %j in %i steps', (from, to, steps) => {
  expect(editDistance(from, to)).toBe(steps)
  expect(editDistance(to, from)).toBe(steps)
})

test('the nearest of several is named', () => {
  expect(nearest('sale', ['sales-rep', 'sales', 'scale'], purse())).toBe('sales')
  expect(nearest('slaes-rep', ['sales-manager', 'sales-rep'], purse())).toBe('sales-rep')
})

test('a difference of case is nearest of all', () => {
  expect(nearest('won', ['Wont', 'Won'], purse())).toBe('Won')
})

test('what is far off, or shares no letter, is not named', () => {
  expect(nearest('marketing', ['sales', 'support'], purse())).toBeUndefined()
  expect(nearest('a', ['b'], purse())).toBeUndefined()
  expect(nearest('', ['a', 'b'], purse())).toBeUndefined()
})

test('an empty purse ends the search with what it has', () => {
  expect(nearest('sales', ['salad', 'sales'], purse(25))).toBe('salad')
  expect(nearest('sales', ['sales'], purse(0))).toBeUndefined()
})
