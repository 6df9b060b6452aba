import { EmailSchema } from '@bailiwick/contract'
import Type from 'typebox'
import { expect, test } from 'vitest'
import { compileValidator } from './validation.ts'
import { inputErrors, type SchemaError } from './validation-errors.ts'

const Chosen = Type.Union([
  Type.Object({ id: Type.String() }, { additionalProperties: false }),
  Type.Object({ create: Type.Object({}) }, { additionalProperties: false }),
])
const SCHEMA = Type.Object(
  {
    count: Type.Optional(Type.Union(['exact', 'capped', 'none'].map((value) => Type.Literal(value)))),
    level: Type.Optional(Type.Enum(['read', 'edit'])),
    done: Type.Optional(Type.Literal(true)),
    email: Type.Optional(EmailSchema),
    other: Type.Optional(Type.String({ pattern: '^x+$' })),
    note: Type.Optional(Type.Union([Type.String({ maxLength: 2 }), Type.Null()])),
    account: Type.Optional(Type.Union([Chosen, Type.Null()])),
    tags: Type.Optional(Type.Array(Type.String(), { maxItems: 2, uniqueItems: true })),
  },
  { additionalProperties: false },
)

function told(value: unknown): Record<string, string> {
  const checked = compileValidator({ schema: SCHEMA, httpPart: 'body', method: 'POST', url: '/' })(value)
  const { error = [] } = checked as { readonly error?: readonly SchemaError[] }
  return Object.fromEntries(inputErrors(error).map(({ path, message }) => [path, message]))
}

test.each<readonly [unknown, Record<string, string>]>([
  [{ count: 'x' }, { '/count': 'must be one of exact, capped, none' }],
  [{ level: 'x' }, { '/level': 'must be one of read, edit' }],
  [{ done: false }, { '/done': 'must be true' }],
  [{ dome: true }, { '/dome': 'is not known here' }],
  [{ email: 'nobody' }, { '/email': 'must be an e-mail address' }],
  [{ other: 'y' }, { '/other': 'is not written as it must be' }],
  [{ note: 5 }, { '/note': 'must be a text or null' }],
  [{ note: 'xxx' }, { '/note': 'must not have more than 2 characters' }],
  [{ account: 5 }, { '/account': 'must be an object or null' }],
  [{ account: { id: 1, zz: 2 } }, { '/account/id': 'must be a text', '/account/zz': 'is not known here' }],
  [{ tags: ['a', 'a', 'b'] }, { '/tags': 'must not have more than 2 items and must not have duplicate items' }],
  [[], { '': 'must be an object' }],
])('of %j a place is told once, with what would be right', (value, expected) => {
  expect(told(value)).toEqual(expected)
})

test('all that is wrong is told at once', () => {
  const unknown = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`x${index}`, 1]))
  expect(Object.keys(told({ ...unknown, count: 'x', level: 'x', note: 5, done: 1 }))).toHaveLength(24)
})
