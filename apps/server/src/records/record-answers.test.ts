import { expect, test } from 'vitest'
import { writeRecords } from './record-answers.ts'

const write = (httpStatus: string) => writeRecords({ schema: {}, method: 'GET', url: '/', httpStatus })
const RECORD = { id: 'r1', version: 3, access: 'read', name: 'Žofie "and" Söhne', amount: 1.5, owner: null }

test('a record, a page of them and the id of a new one leave as they are', () => {
  for (const answer of [
    RECORD,
    { items: [RECORD], next: null },
    { id: 'r1' },
    { items: [], next: 'c', count: { value: 1, exact: true } },
  ])
    expect(JSON.parse(write('200')(answer))).toEqual(answer)
})

test('what a page does not declare stays inside', () => {
  expect(JSON.parse(write('200')({ items: [], next: null, secret: 1 }))).toEqual({ items: [], next: null })
})

test.each([
  ['a record without its level', { id: 'r1', version: 3 }],
  ['a record of a level that there is not', { ...RECORD, access: 'none' }],
  ['a page of something else', { items: [{ name: 'Acme' }], next: null }],
  ['a new record’s id with something beside it', { id: 'r1', secret: 1 }],
  ['no record at all', { secret: 1 }],
])('%s does not leave', (_what, answer) => {
  expect(() => write('200')(answer)).toThrow('not of the shape')
})

test('a problem leaves with its own members alone', () => {
  const problem = {
    type: 'urn:x',
    title: 'Bad input',
    status: 422,
    detail: 'Look.',
    errors: [{ path: '/q', message: 'no' }],
  }
  expect(JSON.parse(write('4xx')({ ...problem, stack: 'at …' }))).toEqual(problem)
  expect(() => write('5xx')({ stack: 'at …' })).toThrow('not of the shape')
})
