import { expect, test } from 'vitest'
import { FIELD_TYPES, OPERATORS } from './document.ts'
import { isNumeric, isTextLike, operatorsOf } from './operators.ts'

test('every type can be asked whether it is empty', () => {
  for (const type of FIELD_TYPES) {
    expect(operatorsOf(type).has('isEmpty')).toBe(true)
    expect(operatorsOf(type).has('isNotEmpty')).toBe(true)
  }
})

test('text takes every operator', () => {
  expect([...operatorsOf('text')].sort()).toEqual([...OPERATORS].sort())
})

test('only what has an order is compared by it', () => {
  const ordered = FIELD_TYPES.filter((type) => operatorsOf(type).has('lt'))
  const unordered = ['boolean', 'choice', 'choices', 'lookup', 'user', 'file']
  expect(ordered).toEqual(FIELD_TYPES.filter((type) => !unordered.includes(type)))
})

test('several choices are asked only what they contain, files only whether they are there', () => {
  expect([...operatorsOf('choices')]).toEqual(['contains', 'isEmpty', 'isNotEmpty'])
  expect([...operatorsOf('file')]).toEqual(['isEmpty', 'isNotEmpty'])
})

test('text-like and numeric types are told apart', () => {
  expect(FIELD_TYPES.filter(isTextLike)).toEqual(['text', 'longText', 'email', 'phone', 'url', 'autoNumber'])
  expect(FIELD_TYPES.filter(isNumeric)).toEqual(['number', 'integer', 'money', 'percent'])
})
