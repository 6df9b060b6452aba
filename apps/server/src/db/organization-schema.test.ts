import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { dropOrganizationSchema, organizationRef } from './organization-schema.ts'

const { database, createOrganization } = await testDatabase()
const nordwind = await createOrganization('nordwind')
const contoso = await createOrganization('contoso')
await database.organization(contoso).insertInto('owners').values({ kind: 'user', key: 'carla' }).execute()

const asNordwind = (text: string) => database.run(nordwind, { text })

/** Roles in the tests' databases differ from run to run. */
const control = await database.owner.selectFrom('installation').select('control_role').executeTakeFirstOrThrow()
const { rows } = await sql<{ name: string }>`select current_user as name`.execute(database.owner)
const login = rows[0]!.name

afterEach(async () => {
  // Whatever was tried: every connection is still the organization's own.
  expect(await asNordwind('select current_user::text as role, session_user::text as session')).toEqual([
    { role: nordwind.role, session: nordwind.role },
  ])
})

test('an organization works on its own tables', async () => {
  const own = database.organization(nordwind)
  await own.insertInto('owners').values({ kind: 'team', key: 'desk' }).execute()
  await own.updateTable('owners').set({ key: 'deal-desk' }).execute()
  expect(await own.selectFrom('owners').select(['kind', 'key']).execute()).toEqual([{ kind: 'team', key: 'deal-desk' }])
  await own.deleteFrom('owners').execute()
  expect(await own.selectFrom('owners').selectAll().execute()).toEqual([])
})

test('an organization folds text', async () => {
  expect(await asNordwind("select control.fold('ÅBO') as folded")).toEqual([{ folded: 'åbo' }])
})

const DENIED = '42501'

test.each([
  ["another organization's rows", `select * from "${contoso.schema}".owners`],
  ["another organization's writes", `insert into "${contoso.schema}".owners (kind, key) values ('user', 'mallory')`],
  ['the list of organizations', 'select * from control.organizations'],
  ['the keys', 'select * from control.api_keys'],
  ['the sessions', 'select * from control.sessions'],
  ['the migrations of control', 'select * from control.schema_migrations'],
  ['its own record of migrations', 'delete from schema_migrations'],
  ["another organization's role", `set role "${contoso.role}"`],
  ["the program's role", `set role "${control.control_role}"`],
  ['the login role', `set role "${login}"`],
  ["another organization's role by a function", `select set_config('role', '${contoso.role}', false)`],
  ['the login role by a function', `select set_config('role', '${login}', false)`],
  ["another organization's session", `set session authorization "${contoso.role}"`],
  [
    'another role and its rows in one expression',
    `select set_config('role', '${login}', true), query_to_xml('select * from ${contoso.schema}.owners', true, true, '')`,
  ],
  ['a table of its own making', 'create table loot (x int)'],
  ['a table in the public schema', 'create table public.loot (x int)'],
  ['a schema', 'create schema loot'],
  ['its own tables gone', 'drop table head'],
  ['its own tables emptied past every check', 'truncate shares'],
  ["the server's files", "select pg_read_file('/etc/passwd')"],
  ["the server's programs", "copy (select 1) to program 'true'"],
  ["the server's passwords", 'select * from pg_authid'],
])('an organization has no way to %s', async (_, statement) => {
  await expect(asNordwind(statement)).rejects.toMatchObject({ code: DENIED })
})

test('giving up the role leaves it where it was', async () => {
  const connection = await database.connect(nordwind)
  for (const statement of ['reset role', 'set role none', "select set_config('role', 'none', false)", 'reset all']) {
    await connection.query(statement)
    const { rows } = await connection.query('select current_user::text as role')
    expect(rows).toEqual([{ role: nordwind.role }])
    await expect(connection.query(`select * from "${contoso.schema}".owners`)).rejects.toMatchObject({ code: DENIED })
  }
  connection.release()
})

test('the statistics about one organization’s columns are not the other’s to read', async () => {
  await sql`analyze ${sql.id(contoso.schema)}.owners`.execute(database.owner)
  expect(await asNordwind(`select * from pg_stats where schemaname = '${contoso.schema}'`)).toEqual([])
})

test('the program’s role reads organizations and makes none', async () => {
  const { control } = database
  const slugs = await control.selectFrom('organizations').select('slug').orderBy('slug').execute()
  expect(slugs).toEqual([{ slug: 'contoso' }, { slug: 'nordwind' }])
  await expect(control.deleteFrom('organizations').execute()).rejects.toMatchObject({ code: DENIED })
  await expect(sql`select * from ${sql.id(nordwind.schema)}.owners`.execute(control)).rejects.toMatchObject({
    code: DENIED,
  })
})

test('a table made later in an owner transaction is closed to everyone until it is granted', async () => {
  await database.ownerTransaction(nordwind, (transaction) => sql`create table later (x int)`.execute(transaction))
  await expect(asNordwind('select * from later')).rejects.toMatchObject({ code: DENIED })
})

test('an owner transaction finds the organization’s tables by their plain names', async () => {
  const keys = await database.ownerTransaction(contoso, (transaction) =>
    transaction.selectFrom('owners').select('key').execute(),
  )
  expect(keys).toEqual([{ key: 'carla' }])
})

test('a dropped organization leaves neither schema nor role', async () => {
  const gone = await createOrganization('gone')
  await database.run(gone, { text: 'select 1' })
  await database.owner.transaction().execute(async (transaction) => {
    await dropOrganizationSchema(transaction, gone)
    await transaction.deleteFrom('organizations').where('id', '=', gone.id).execute()
  })
  const left = await sql`
    select rolname::text from pg_roles where rolname = ${gone.role}
    union all select nspname::text from pg_namespace where nspname = ${gone.schema}`.execute(database.owner)
  expect(left.rows).toEqual([])
})

test('schema and role names fit PostgreSQL, even for the longest slug', () => {
  const { schema, role } = organizationRef('0190a7c4-8b1e-7cc3-98f2-3d5f9be0a111', 'a'.repeat(50))
  expect(schema).toHaveLength(54)
  expect(role).toBe(`${schema}_9be0a111`)
  expect(role).toHaveLength(63)
})

test('a slug that would share a schema with another is refused', async () => {
  for (const slug of ['nord_wind', 'Nordwind', '1st', 'a'.repeat(51), '']) {
    await expect(createOrganization(slug)).rejects.toMatchObject({ code: '23514' })
  }
})
