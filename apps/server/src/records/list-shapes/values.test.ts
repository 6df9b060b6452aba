import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { expect, test } from 'vitest'
import { Values } from './values.ts'

const database = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** The places that values get, and how many are handed over. */
function placesOf(given: readonly (readonly [unknown, string])[]) {
  const values = new Values()
  const places = given.map(([value, cast]) => sql`select ${values.placeOf(value, cast)}`.compile(database).sql)
  const { parameters } = sql`select from ${values.row('shown')}`.compile(database)
  return { places, handedOver: parameters.length }
}

const long = (last: number) => [...Array.from({ length: 40 }, (_, at) => at), last]

test('a long list that holds the same as another has its place', () => {
  const { places, handedOver } = placesOf([
    [long(1), 'int[]'],
    [long(1), 'int[]'],
  ])
  expect([places[0] === places[1], handedOver]).toEqual([true, 1])
})

test.each([
  ['holds another element', long(2), 'int[]'],
  ['is longer', [...long(1), 1], 'int[]'],
  ['is of another type', long(1), 'text[]'],
])('one that %s has a place of its own', (_what, other, cast) => {
  const { places, handedOver } = placesOf([
    [long(1), 'int[]'],
    [other, cast],
  ])
  expect([places[0] === places[1], handedOver]).toEqual([false, 2])
})

test('short lists are told apart by what they are, so that statements of one shape have one text', () => {
  const { handedOver } = placesOf([
    [[1, 2], 'int[]'],
    [[1, 2], 'int[]'],
  ])
  expect(handedOver).toBe(2)
})
