import type { Key } from '@bailiwick/access'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { addTrigrams } from '../db/trigrams.ts'
import { createPolicyFixture } from '../policy/policy-fixture.ts'
import { wordOf } from '../records/words-in-texts.ts'
import { testDatabase } from '../testing/index.ts'
import { recordTable, searchTable } from './columns.ts'

const { database, createOrganization } = await testDatabase()
const { organization, apply, addRecord } = await createPolicyFixture(database, await createOrganization())
const tables = database.organization(organization)

const NAME = { name: { type: 'text', title: true } }
const define = (fields: object, destroy: readonly string[] = []) =>
  apply({ bailiwick: 1, modules: { sites: { fields: { ...NAME, ...fields } } } }, { destroy: [...destroy] })

interface Kept {
  readonly columns: readonly string[]
  /** Records whose texts aren't those that they should be, or that have none; texts of records that aren't there. */
  readonly wrong: number
  /** Columns without an index that finds parts of their texts. */
  readonly unindexed: number
}

async function kept(module: Key = 'sites'): Promise<Kept> {
  const texts = sql.id(organization.schema, searchTable(module))
  const { rows } = await sql<{ column: string; is_indexed: boolean }>`
    select attname as column, exists (
      select from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
      where indrelid = attrelid and amname = 'gin' and attnum = any(indkey::int2[])) as is_indexed
    from pg_attribute where attrelid = ${`${organization.schema}.${searchTable(module)}`}::regclass
      and attnum > 0 and not attisdropped and attname <> 'id' order by attname`.execute(database.owner)
  const columns = rows.map(({ column }) => column)
  const row = (of: (column: string) => ReturnType<typeof sql.ref>) => sql`row(${sql.join(columns.map(of))})`
  const wrong = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.id(organization.schema, recordTable(module))} as t full join ${texts} as w using (id)
    where t.id is null or w.id is null
      or ${row((column) => sql`control.spelled(control.fold(${sql.ref(`t.${column}`)}))`)}
        is distinct from ${row((column) => sql.ref(`w.${column}`))}`.execute(database.owner)
  return { columns, wrong: wrong.rows[0]?.n ?? -1, unindexed: rows.filter((one) => !one.is_indexed).length }
}

const right = (columns: readonly string[]): Kept => ({ columns, wrong: 0, unindexed: 0 })

it('are spelled by the program as by the database', async () => {
  const texts = [
    'plain',
    'Äänekoski',
    'a\\b\\\\',
    '100 %',
    '公司',
    'شركة',
    '😀',
    'line\nline',
    '\u0001',
    '\u007f\u0080',
    '',
  ]
  const { rows } = await sql<{ spelled: string }>`
    select control.spelled(text) as spelled from unnest(${texts}::text[]) with ordinality as one (text, at) order by at`.execute(
    database.owner,
  )
  expect(texts.map((text) => wordOf(text).pattern)).toEqual(rows.map(({ spelled }) => `%${spelled}%`))
})

it('follow whatever is written', async () => {
  await define({ city: { type: 'text' }, size: { type: 'integer' } })
  const columns = ['external_id', 'f_city', 'f_name']
  const id = await addRecord('sites', 'user:ada', { f_name: 'Ärjä', external_id: 'ÄX-1' })
  await addRecord('sites', 'user:ada', { f_name: 'Other', f_size: 3 })
  expect(await kept()).toEqual(right(columns))
  const change = (what: ReturnType<typeof sql>) => sql`update r_sites set ${what} where id = ${id}`.execute(tables)
  await change(sql`f_city = 'Ii', external_id = 'äx-2'`)
  expect(await kept()).toEqual(right(columns))
  await change(sql`f_city = null, f_name = 'B', f_size = 4`)
  await change(sql`f_size = 5, deleted_at = now()`)
  await sql`
    insert into r_sites (id, owner_id, created_at, updated_at, f_name, external_id)
    select gen_random_uuid(), owner_id, now(), now(), 'Third', external_id from r_sites where id = ${id}
    on conflict (external_id) where external_id is not null do update set f_name = excluded.f_name`.execute(tables)
  expect(await kept()).toEqual(right(columns))
  await sql`delete from r_sites where id = ${id}`.execute(tables)
  expect(await kept()).toEqual(right(columns))
  expect((await sql`select from ${sql.id(searchTable('sites'))}`.execute(tables)).rows).toHaveLength(1)
})

it('follow the fields', async () => {
  await define({ city: { type: 'text' } }, ['sites.size'])
  await addRecord('sites', 'user:ada', { f_name: 'Kemi', f_city: 'Kemi' })
  await define({ city: { type: 'longText' }, mood: { type: 'choice', options: ['Good'] }, open: { type: 'boolean' } })
  await addRecord('sites', 'user:ada', { f_name: 'Oulu', f_mood: 'Good' })
  expect(await kept()).toEqual(right(['external_id', 'f_city', 'f_mood', 'f_name']))
  await define({ city: { type: 'text' }, mood: { type: 'choice', options: ['Good'] }, number: { type: 'autoNumber' } })
  await addRecord('sites', 'user:ada', { f_name: 'Pori' })
  expect(await kept()).toEqual(right(['external_id', 'f_city', 'f_mood', 'f_name', 'f_number']))
  await define({ mood: { type: 'choices', options: ['Good'] } }, ['sites.city', 'sites.number'])
  await addRecord('sites', 'user:ada', { f_name: 'Vaasa' })
  expect(await kept()).toEqual(right(['external_id', 'f_name']))
})

it('have an index for every 32 of them', async () => {
  const fields = Object.fromEntries(Array.from({ length: 40 }, (_none, at) => [`t${at}`, { type: 'text' }]))
  await define({ mood: { type: 'choices', options: ['Good'] }, ...fields })
  await addRecord('sites', 'user:ada', { f_name: 'Raahe', f_t39: 'Last' })
  const found = await kept()
  expect(found).toEqual(right(found.columns))
  expect(found.columns).toHaveLength(42)
})

it('go with their module', async () => {
  await apply({ bailiwick: 1, modules: {} }, { destroy: ['sites'] })
  const { rows } = await sql`
    select relname as name from pg_class where relname like 'w\\_sites%'
    union all select proname from pg_proc where proname like 'w\\_sites%'`.execute(database.owner)
  expect(rows).toEqual([])
})

it('need no trigrams, and get their indexes when the database has them', async () => {
  const without = new Error('taken back')
  const trying = database.owner.transaction().execute(async (owner) => {
    await sql`drop extension pg_trgm cascade`.execute(owner)
    const indexed = () =>
      sql<{ made: number }>`select control.index_searched(${`${organization.schema}.w_accounts`}::regclass) as made`
        .execute(owner)
        .then(({ rows }) => rows[0]?.made)
    expect(await indexed()).toBe(0)
    await sql`create extension pg_trgm with schema control`.execute(owner)
    expect(await indexed()).toBeGreaterThan(0)
    expect(await indexed()).toBe(0)
    throw without
  })
  await expect(trying).rejects.toBe(without)
  expect(await addTrigrams(database.owner)).toBeUndefined()
  expect(await kept('accounts')).toMatchObject({ wrong: 0, unindexed: 0 })
})
