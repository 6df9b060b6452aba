import { afterAll, expect, inject, test } from 'vitest'
import { connectionConfig } from './connection.ts'
import { connectClient } from './connection-pool.ts'

const client = await connectClient(connectionConfig(inject('databaseServer')))
afterAll(() => client.end())

/** The first run is described by the server, the others go by what it said: all must come to the same. */
async function rowsOf(text: string, values: readonly unknown[], name = text.slice(0, 60)): Promise<unknown> {
  const first = await client.run({ text, values, name })
  for (let times = 0; times < 2; times++) expect(await client.run({ text, values, name })).toEqual(first)
  return first
}

test('a prepared statement answers the same each time, whatever its values are', async () => {
  const texts = [
    'plain',
    '',
    'Žofie Straße 日本 🦄',
    'quote " and back\\slash',
    'two\nlines\ttab',
    'é',
    '{a,b}',
    'NULL',
  ]
  expect(await rowsOf('select t, length(t) as n from unnest($1::text[]) t', [texts])).toEqual(
    texts.map((t) => ({ t, n: [...t].length })),
  )
  expect(
    await rowsOf('select $1::int a, $2::boolean b, $3::text c, $4::bigint[] d, $5::timestamptz e, $6::text[] f', [
      ...[-7, true, null, [1, null, 3], '2026-03-01T09:30:00.25Z', ['a"b', null]],
    ]),
  ).toEqual([{ a: -7, b: true, c: null, d: ['1', null, '3'], e: '2026-03-01T09:30:00.250Z', f: ['a"b', null] }])
  expect(
    await rowsOf("select 1.50::numeric(9,4) as money, date '2026-03-01' as day, 9007199254740991::bigint", []),
  ).toEqual([{ money: 1.5, day: '2026-03-01', int8: Number.MAX_SAFE_INTEGER }])
})

test('values that have no plain text are sent as the driver sends them', async () => {
  const [when, bytes] = [new Date('2026-03-01T09:30:00Z'), Buffer.from([0, 255])]
  expect(await rowsOf('select $1::timestamptz at, $2::bytea b, $3::jsonb j', [when, bytes, { a: [1] }])).toEqual([
    { at: when.toISOString(), b: bytes, j: { a: [1] } },
  ])
})

test('rows may be many, long, and none', async () => {
  const many = "select n, repeat('ä', n) as t from generate_series(1, $1::int) n"
  const rows = (await rowsOf(many, [3_000])) as { n: number; t: string }[]
  expect(rows).toHaveLength(3_000)
  expect(rows.every(({ n, t }) => t === 'ä'.repeat(n))).toBe(true)
  expect(await rowsOf("select repeat('x', $1::int) as t", [3_000_000])).toEqual([{ t: 'x'.repeat(3_000_000) }])
  expect(await rowsOf('select 1 as one where $1::boolean', [false])).toEqual([])
})

test('what fails fails alone, and the connection goes on', async () => {
  const divided = { text: 'select 6 / n as n from unnest($1::int[]) n', name: 'divided' }
  expect(await client.run({ ...divided, values: [[1, 2]] })).toEqual([{ n: 6 }, { n: 3 }])
  await expect(client.run({ ...divided, values: [[3, 0, 1]] })).rejects.toMatchObject({ code: '22012' })
  await expect(client.run({ ...divided, values: ['no list'] })).rejects.toMatchObject({ code: '22P02' })
  expect(await client.run({ ...divided, values: [[3]] })).toEqual([{ n: 2 }])
  await expect(client.run({ text: 'select 1', name: 'divided' })).rejects.toThrow('unique')
})

test('what fails when it runs is kept by the server, and counted', async () => {
  const before = client.keeps
  const statement = { text: 'select 1 / $1::int as n', values: [0], name: 'fails' }
  for (let times = 0; times < 2; times++) await expect(client.run(statement)).rejects.toMatchObject({ code: '22012' })
  const known = await client.run({ text: "select name from pg_prepared_statements where name = 'fails'" })
  expect([client.keeps - before, known]).toEqual([1, [{ name: 'fails' }]])
})

test('messages of the server between the rows reach whom they are for', async () => {
  const notices: (string | undefined)[] = []
  client.on('notice', ({ message }) => notices.push(message))
  await client.query(`create function pg_temp.told(n int) returns int language plpgsql as
    $$ begin raise notice 'row %', n; return n; end $$`)
  expect(await rowsOf('select pg_temp.told(n) as n from generate_series(1, 2) n', [])).toEqual([{ n: 1 }, { n: 2 }])
  expect(notices).toEqual(['row 1', 'row 2', 'row 1', 'row 2', 'row 1', 'row 2'])
})

test('a statement whose columns became others is refused, and answers under another name', async () => {
  await client.query('create temp table things as select 1 as size')
  const statement = { text: 'select * from things', name: 'things' }
  expect(await rowsOf(statement.text, [], statement.name)).toEqual([{ size: 1 }])
  await client.query('alter table things alter size type text')
  await expect(client.run(statement)).rejects.toMatchObject({ code: '0A000' })
  expect(await client.run({ text: statement.text })).toEqual([{ size: '1' }])
})

test('a connection that ends amid a statement fails it', async () => {
  const other = await connectClient(connectionConfig(inject('databaseServer')))
  const statement = { text: 'select pg_sleep($1::float8)::text', name: 'sleep' }
  await other.run({ ...statement, values: [0] })
  const running = other.run({ ...statement, values: [30] })
  const failed = expect(running).rejects.toThrow()
  const [pid] = await client.run<{ pid: number }>({
    text: "select pid from pg_stat_activity where query like 'select pg_sleep%' and pid <> pg_backend_pid()",
  })
  await client.query('select pg_terminate_backend($1)', [pid?.pid])
  await failed
  await other.end()
})
