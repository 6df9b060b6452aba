import { sql } from 'kysely'
import { expect, inject, test } from 'vitest'
import { createTestDatabase, dropTestDatabase, testDatabase } from '../testing/index.ts'
import { openDatabase } from './database.ts'
import { isConflict, retryOnConflict } from './retry.ts'

const { database, address, createOrganization } = await testDatabase()
const nordwind = await createOrganization('nordwind')

test('values come out in the forms that the program speaks', async () => {
  const text = `select 9007199254740991::bigint as whole, 1234567.8900::numeric(19,4) as money,
    '2026-03-29 03:30:00.123987+03'::timestamptz as instant, '2026-03-29 00:30:00Z'::timestamptz as full_second,
    '0044-03-15 12:00:00Z BC'::timestamptz as long_ago, 'infinity'::timestamptz as never,
    date '2026-02-28' as day, array['a', 'b'] as choices, '{"b": 1, "a": 2}'::json as document`
  expect(await database.run(nordwind, { text })).toEqual([
    {
      whole: 9007199254740991,
      money: 1234567.89,
      instant: '2026-03-29T00:30:00.123Z',
      full_second: '2026-03-29T00:30:00.000Z',
      long_ago: '-000043-03-15T12:00:00.000Z',
      never: 'infinity',
      day: '2026-02-28',
      choices: ['a', 'b'],
      document: { b: 1, a: 2 },
    },
  ])
})

test('a policy document keeps the order of its keys', async () => {
  const document = '{"zeta":1,"alpha":{"y":1,"b":2}}'
  const version = { number: 1, author: 'operator', at: new Date(0), document, difference: '[]' }
  await database.organization(nordwind).insertInto('policy_versions').values(version).execute()
  const stored = await database
    .organization(nordwind)
    .selectFrom('policy_versions')
    .select('document')
    .executeTakeFirstOrThrow()
  expect(JSON.stringify(stored.document)).toBe(document)
})

test('a named statement is prepared once and takes new values', async () => {
  const byKey = (key: string) =>
    database.run(nordwind, { name: 'by-key', text: 'select $1::text as key', values: [key] })
  expect(await byKey('anna')).toEqual([{ key: 'anna' }])
  expect(await byKey('ben')).toEqual([{ key: 'ben' }])
})

test('statements are planned, not compiled: that costs seconds for what runs in milliseconds', async () => {
  expect(await database.run(nordwind, { text: 'show jit' })).toEqual([{ jit: 'off' }])
})

test('no helpers are started for what a tenth of a second does: starting them takes as long as they spare', async () => {
  expect(await database.run(nordwind, { text: 'show parallel_setup_cost' })).toEqual([{ parallel_setup_cost: '10000' }])
})

test('an organization reads from one snapshot, the control schema from the latest commit', async () => {
  expect(await database.run(nordwind, { text: 'show transaction_isolation' })).toEqual([
    { transaction_isolation: 'repeatable read' },
  ])
  const { rows } = await sql`show transaction_isolation`.execute(database.control)
  expect(rows).toEqual([{ transaction_isolation: 'read committed' }])
})

test('concurrent writers of one row all get through by trying again', async () => {
  const grow = () =>
    retryOnConflict(() =>
      database
        .organization(nordwind)
        .transaction()
        .execute(async (transaction) => {
          const { stamp } = await transaction.selectFrom('head').select('stamp').executeTakeFirstOrThrow()
          await transaction
            .updateTable('head')
            .set({ stamp: stamp + 1 })
            .execute()
        }),
    )
  await Promise.all(Array.from({ length: 6 }, grow))
  expect(await database.organization(nordwind).selectFrom('head').select('stamp').execute()).toEqual([{ stamp: 6 }])
})

test('what fails for another reason is not tried again', async () => {
  let attempts = 0
  const work = async () => {
    attempts++
    await database.run(nordwind, { text: 'select 1 / 0' })
  }
  await expect(retryOnConflict(work)).rejects.toMatchObject({ code: '22012' })
  expect(attempts).toBe(1)
})

test('a conflict that never ends is told after a bounded number of attempts', async () => {
  let attempts = 0
  const work = () => {
    attempts++
    return database.run(nordwind, { text: "do $$ begin raise sqlstate '40001'; end $$" })
  }
  await expect(retryOnConflict(work, 3)).rejects.toSatisfy(isConflict)
  expect(attempts).toBe(3)
})

test('a statement that takes too long is given up by the database', async () => {
  const hasty = await openDatabase({ address }, { statementTimeout: 300 })
  await expect(hasty.run(nordwind, { text: 'select pg_sleep(300)' })).rejects.toMatchObject({ code: '57014' })
  await hasty.close()
})

test('a notification reaches its listener, and no longer when he stopped', async () => {
  const heard: string[] = []
  const stop = await database.listen('policy "changed"', (payload) => heard.push(payload))
  const notify = (payload: string) => sql`select pg_notify('policy "changed"', ${payload})`.execute(database.owner)
  await notify('nordwind')
  await expect.poll(() => heard).toEqual(['nordwind'])
  stop()
  await notify('contoso')
  await sql`select pg_sleep(0.05)`.execute(database.owner)
  expect(heard).toEqual(['nordwind'])
})

test('a listener whose connection broke is told to look for himself, and hears again', async () => {
  const heard: string[] = []
  await database.listen('stamp', (payload) => heard.push(payload))
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen%'`.execute(database.owner)
  await expect.poll(() => heard).toEqual([''])
  await sql`select pg_notify('stamp', 'nordwind')`.execute(database.owner)
  await expect.poll(() => heard).toEqual(['', 'nordwind'])
})

const refusal = (exitCode: number, message: RegExp) => ({
  name: 'StartUpError',
  exitCode,
  message: expect.stringMatching(message),
})

test('a database that is not reached is told in one line without its password', async () => {
  const url = 'postgres://anna:s3cret%21@127.0.0.1:1/crm'
  const error = await openDatabase({ url }).catch((reason: unknown) => reason)
  expect(error).toMatchObject(
    refusal(69, /^The database at 127\.0\.0\.1:1, database crm can't be reached \(ECONNREFUSED\): [^\n]+$/),
  )
  expect(String(error)).not.toContain('s3cret')
})

test.each(['mysql://localhost/crm', 'postgres://[', 'nonsense'])('an address that is none is told: %s', async (url) => {
  await expect(openDatabase({ url })).rejects.toMatchObject({ name: 'StartUpError' })
})

test('a database that is not there is told', async () => {
  const missing = { ...address, database: 'nowhere' }
  await expect(openDatabase({ address: missing })).rejects.toMatchObject(refusal(69, /database nowhere does not exist/))
})

test('a database in another encoding is told', async () => {
  const latin = await createTestDatabase("template0 encoding 'LATIN1' locale 'C' locale_provider libc")
  await expect(openDatabase({ address: latin })).rejects.toMatchObject(
    refusal(78, /^The database's encoding is LATIN1: /),
  )
  await dropTestDatabase(latin)
})

test('a login role that may not create roles is told', async () => {
  const role = `bw_weak_${process.pid}_${inject('templateDatabase').slice(-8)}`
  await sql`create role ${sql.id(role)} login password 'weak'`.execute(database.owner)
  const weak = { ...address, user: role, password: 'weak' }
  await expect(openDatabase({ address: weak })).rejects.toMatchObject(refusal(78, /may not create roles/))
  await sql`alter role ${sql.id(role)} createrole`.execute(database.owner)
  await expect(openDatabase({ address: weak })).rejects.toMatchObject(refusal(78, /may not create schemas/))
  await sql`drop role ${sql.id(role)}`.execute(database.owner)
})

test('an organization without a connection in use keeps working when many others come by', async () => {
  const others = await Promise.all(Array.from({ length: 5 }, () => createOrganization()))
  const small = await openDatabase({ address }, { connections: 2 })
  const visits = [...others, nordwind, ...others].map((organization) =>
    small.run<{ schema: string }>(organization, { text: 'select current_schema as schema' }),
  )
  const seen = (await Promise.all(visits)).map(([row]) => row?.schema)
  expect(seen).toEqual([...others, nordwind, ...others].map(({ schema }) => schema))
  await small.close()
})
