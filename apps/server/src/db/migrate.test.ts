import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase, dropTestDatabase, testDatabase } from '../testing/index.ts'
import { openDatabase } from './database.ts'
import { migrate, withMigrationLock } from './migrate.ts'
import { CONTROL_MIGRATIONS } from './migrations/control.ts'
import type { Migration } from './migrations/migration.ts'
import { ORGANIZATION_MIGRATIONS } from './migrations/organization.ts'

const { database, address, createOrganization } = await testDatabase()

const steps = (schema: string) =>
  sql<{ number: number }>`select number from ${sql.id(schema)}.schema_migrations order by number`
    .execute(database.owner)
    .then(({ rows }) => rows.map(({ number }) => number))

const numbersOf = (migrations: readonly Migration[]) => migrations.map((_, index) => index + 1)

test('migrating again changes nothing', async () => {
  const { schema } = await createOrganization()
  const before = [await steps('control'), await steps(schema)]
  await migrate(database.owner)
  expect([await steps('control'), await steps(schema)]).toEqual(before)
  expect(before).toEqual([numbersOf(CONTROL_MIGRATIONS), numbersOf(ORGANIZATION_MIGRATIONS)])
})

test('organizations made at the same moment do not get in each other’s way', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => createOrganization()))
  const heads = made.map((organization) => database.run(organization, { text: 'select version from head' }))
  expect(await Promise.all(heads)).toEqual(made.map(() => [{ version: 0 }]))
})

test('two servers that start at once on an empty database both come up', async () => {
  const empty = await createTestDatabase()
  const opened = await Promise.all([openDatabase({ address: empty }), openDatabase({ address: empty })])
  const { control_role, role_group } = await opened[0].owner
    .selectFrom('installation')
    .selectAll()
    .executeTakeFirstOrThrow()
  expect(await opened[1].control.selectFrom('organizations').selectAll().execute()).toEqual([])
  await Promise.all(opened.map((each) => each.close()))
  await dropTestDatabase(empty, [control_role, role_group])
})

test('a step that fails leaves nothing of itself', async () => {
  const attempt = withMigrationLock(database.owner, async (transaction) => {
    await sql`create table control.half (x int)`.execute(transaction)
    throw new Error('power cut')
  })
  await expect(attempt).rejects.toThrow('power cut')
  const { rows } = await sql`select to_regclass('control.half') as half`.execute(database.owner)
  expect(rows).toEqual([{ half: null }])
})

/** All that the steps made, whatever they are by now. */
const DROP_ALL = sql`do $$
  declare name text;
  begin
    for name in select quote_ident(tablename) from pg_tables
      where schemaname = current_schema() and tablename <> 'schema_migrations'
    loop execute 'drop table ' || name || ' cascade'; end loop;
    for name in select quote_ident(sequencename) from pg_sequences where schemaname = current_schema()
    loop execute 'drop sequence ' || name; end loop;
    for name in select oid::regprocedure::text from pg_proc where pronamespace = current_schema()::regnamespace
    loop execute 'drop function ' || name || ' cascade'; end loop;
  end $$`

test('an organization that missed a step gets it at the next start', async () => {
  const late = await createOrganization()
  await database.ownerTransaction(late, async (transaction) => {
    await DROP_ALL.execute(transaction)
    await sql`delete from schema_migrations`.execute(transaction)
  })
  await migrate(database.owner)
  expect(await database.organization(late).selectFrom('head').select('version').execute()).toEqual([{ version: 0 }])
})

for (const schema of ['control', 'of an organization']) {
  test(`a database of a newer program is refused and left alone: schema ${schema}`, async () => {
    const newer = schema === 'control' ? schema : (await createOrganization()).schema
    await sql`insert into ${sql.id(newer)}.schema_migrations (number, name) values (99, 'from the future')`.execute(
      database.owner,
    )
    await expect(openDatabase({ address })).rejects.toMatchObject({
      name: 'StartUpError',
      exitCode: 78,
      message: expect.stringMatching(/^The database was made or migrated by a newer Bailiwick: [^\n]+$/),
    })
    await sql`delete from ${sql.id(newer)}.schema_migrations where number = 99`.execute(database.owner)
  })
}
