import { expect, test } from 'vitest'
import { alikeOwners } from './alike-owners.ts'

test('owners are alike who are in the same sets', () => {
  const sets = [['a', 'b', 'c'], ['b', 'c'], ['c', 'd'], ['e', 'f'], [], ['a', 'b', 'c', 'd', 'e', 'f']]
  const numbers = alikeOwners(sets.map((set) => new Set(set)))
  const alike = Map.groupBy([...numbers.keys()], (owner) => numbers.get(owner))
  expect([...alike.values()].map((owners) => owners.join(''))).toEqual(['a', 'b', 'c', 'd', 'ef'])
  expect(numbers.get('nobody')).toBeUndefined()
})
