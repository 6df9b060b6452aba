import Type, { type TSchema } from 'typebox'
import { expect, test } from 'vitest'
import { compileValidator } from './validation.ts'

const QUERY = Type.Object({ limit: Type.Optional(Type.Integer()), name: Type.Optional(Type.String()) })

function check(schema: TSchema, httpPart: string, value: unknown) {
  return compileValidator({ schema, httpPart, method: 'GET', url: '/' })(value)
}

test('a text of an address becomes a number where a number is asked for, and stays a text where a text is', () => {
  expect(check(QUERY, 'querystring', { limit: '5', name: '5' })).toEqual({ value: { limit: 5, name: '5' } })
  expect(check(QUERY, 'querystring', { name: '5' })).toEqual({ value: { name: '5' } })
})

test('a body is taken at its word', () => {
  expect(check(QUERY, 'body', { limit: 5 })).toEqual({ value: { limit: 5 } })
  expect(check(QUERY, 'body', { limit: '5' })).toMatchObject({ error: [{ instancePath: '/limit' }] })
})

test('what fits neither as it is nor as it may be meant is told of with its place', () => {
  expect(check(QUERY, 'querystring', { limit: 'many' })).toMatchObject({ error: [{ instancePath: '/limit' }] })
})
