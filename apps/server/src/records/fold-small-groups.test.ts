import { expect, test } from 'vitest'
import { foldSmallGroups, type Group } from './fold-small-groups.ts'

/** A group of so many records with one sum over `of` of them. */
const group = (by: string, count: number, sum: number, of = count): Group => ({
  by: [by],
  count,
  measures: [count, sum],
  sums: [
    { sum: 0, of: 0 },
    { sum, of },
  ],
})

const told = (...groups: Group[]) =>
  foldSmallGroups(groups, ['count', 'sum']).map(({ by, measures }) => [by?.[0] ?? 'other', ...measures])

test('five records are a group, and fewer are told together', () => {
  expect(told(group('won', 5, 50), group('lost', 4, 8), group('new', 1, 3))).toEqual([
    ['won', 5, 50],
    ['other', 5, 11],
  ])
})

test('what is too small even together isn’t told, and takes no large group with it', () => {
  expect(told(group('won', 5, 50), group('lost', 2, 8))).toEqual([['won', 5, 50]])
  expect(told(group('lost', 4, 8))).toEqual([])
})

test('a sum over the values of fewer than five records is left out', () => {
  expect(told(group('won', 6, 50, 4))).toEqual([['won', 6, null]])
  expect(told(group('won', 6, 0, 0))).toEqual([['won', 6, 0]])
})
