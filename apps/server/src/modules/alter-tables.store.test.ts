import { BUILT_IN_MODULES, type FieldType, type Key } from '@bailiwick/access'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OrganizationRef } from '../db/tables.ts'
import { createPolicyFixture, type PolicyFixture } from '../policy/policy-fixture.ts'
import { PolicyRefused } from '../policy/policy-refusals.ts'
import { testDatabase } from '../testing/index.ts'
import { columnType, fieldColumn, indexName, recordTable } from './columns.ts'
import { completeTables } from './complete-tables.ts'
import { leaveTexts } from './searched-texts.ts'

const { database, createOrganization } = await testDatabase()

let fixture: PolicyFixture
let organization: OrganizationRef
beforeAll(async () => {
  fixture = await createPolicyFixture(database, await createOrganization())
  organization = fixture.organization
})

type Definition = { readonly type: FieldType; readonly [property: string]: unknown }

/** Every test has a module of its own in the one organization; the others stay as they are. */
let modules: Readonly<Record<Key, object>> = {}
function define(module: Key, fields: Record<string, Definition> | undefined, destroy: string[] = []) {
  const { [module]: _old, ...rest } = modules
  const next = fields ? { ...rest, [module]: { fields: { name: { type: 'text', title: true }, ...fields } } } : rest
  return fixture.apply({ bailiwick: 1, modules: next }, { destroy }).then((applied) => {
    modules = next
    return applied
  })
}

const read = (module: Key, columns: string) =>
  sql<Record<string, unknown>>`select ${sql.raw(columns)} from ${sql.id(recordTable(module))} order by created_at, id`
    .execute(database.organization(organization))
    .then(({ rows }) => rows)

async function refused(applying: Promise<unknown>) {
  const error = await applying.catch((reason: unknown) => reason)
  if (!(error instanceof PolicyRefused)) throw new Error('A refusal was expected.', { cause: error })
  return error.refusal
}

describe('A field of each type', () => {
  type Sample = readonly [type: FieldType, value: unknown, options?: readonly string[]]
  const VALUES: readonly Sample[] = [
    ['text', 'Ångström ß İ 𝒳'],
    ['longText', 'line\nline'.repeat(2000)],
    ['number', -1.5e-7],
    ['integer', Number.MAX_SAFE_INTEGER],
    ['money', 12345678901.2345],
    ['percent', 33.3],
    ['boolean', false],
    ['date', '2024-02-29'],
    ['dateTime', '2026-03-29T00:59:59.999Z'],
    ['email', 'anna@acme.example'],
    ['phone', '+358 40 123'],
    ['url', 'https://acme.example/?q=ä'],
    ['choice', 'Won', ['Won', 'Lost']],
    ['choices', ['a,b', 'c"d', '{}', 'NULL'], ['a,b', 'c"d', '{}', 'NULL']],
    ['file', 'f-1'],
  ]

  it.each(VALUES.map(([type, value, options]) => ({ type, value, options })))(
    '$type comes back as it went in',
    async ({ type, value, options }) => {
      const module = `type-${type}`
      await define(module, { Value: { type, options } })
      await fixture.addRecord(module, 'user:ada', { f_Value: value })
      expect(await read(module, '"f_Value"')).toEqual([{ f_Value: value }])
    },
  )

  it('user and lookup point at what is there, and a purged record leaves its lookups empty', async () => {
    await define('places', {})
    await define('visits', { place: { type: 'lookup', module: 'places' }, guide: { type: 'user' } })
    const place = await fixture.addRecord('places', 'user:ada')
    await fixture.addRecord('visits', 'user:ada', { f_place: place, f_guide: 1 })
    await expect(fixture.addRecord('visits', 'user:ada', { f_guide: 999 })).rejects.toThrow('foreign key')
    await expect(fixture.addRecord('visits', 'user:ada', { f_place: crypto.randomUUID() })).rejects.toThrow(
      'foreign key',
    )
    await sql`delete from ${sql.id('r_places')}`.execute(database.organization(organization))
    expect(await read('visits', 'f_place, f_guide')).toEqual([{ f_place: null, f_guide: 1 }])
  })

  it('autoNumber counts on, in texts that sort, and numbers what was there before', async () => {
    await define('cases', {})
    await fixture.addRecord('cases', 'user:ada')
    await define('cases', { number: { type: 'autoNumber' } })
    await fixture.addRecord('cases', 'user:ada')
    expect(await read('cases', 'f_number')).toEqual([{ f_number: '000001' }, { f_number: '000002' }])
    await sql`select setval(${`"${organization.schema}"."s_cases$number"`}::regclass, 12345678)`.execute(database.owner)
    await fixture.addRecord('cases', 'user:ada')
    expect((await read('cases', 'f_number')).at(-1)).toEqual({ f_number: '12345679' })
  })

  it('encrypted holds tokens, with a blind index beside it', async () => {
    await define('vaults', { code: { type: 'text', encrypted: true, unique: true } })
    await fixture.addRecord('vaults', 'user:ada', { f_code: 'token', b_code: 'x' })
    await expect(fixture.addRecord('vaults', 'user:ada', { f_code: 'other', b_code: 'x' })).rejects.toThrow(
      'u_vaults$code',
    )
  })
})

describe('A field that is dropped', () => {
  it('with data is refused, until the apply says so', async () => {
    await define('boats', { length: { type: 'number' } })
    await fixture.addRecord('boats', 'user:ada', { f_length: 7 })
    await fixture.addRecord('boats', 'user:ada', { f_length: 8, deleted_at: new Date() })
    expect(await refused(define('boats', {}))).toMatchObject({
      destroys: [{ module: 'boats', field: 'length', records: 2 }],
    })
    expect(await refused(define('boats', {}, ['boats', 'boats.name']))).toMatchObject({
      destroys: [{ field: 'length' }],
    })
    await define('boats', {}, ['boats.length'])
  })

  it('and made again has nothing of the old one, in records or in history', async () => {
    await define('cars', { secret: { type: 'text' }, colour: { type: 'text' } })
    const id = await fixture.addRecord('cars', 'user:ada', { f_secret: 'old', f_colour: 'red' })
    const changes = JSON.stringify({ secret: { after: 'old' }, colour: { after: 'red' } })
    await sql`
      insert into history (module, record_id, version, at, action, changes)
      values ('cars', ${id}, 1, now(), 'create', ${changes})`.execute(database.organization(organization))
    await define('cars', { colour: { type: 'text' } }, ['cars.secret'])
    await define('cars', { secret: { type: 'text' }, colour: { type: 'text' } })
    expect(await read('cars', 'f_secret, f_colour')).toEqual([{ f_secret: null, f_colour: 'red' }])
    const history = await database
      .organization(organization)
      .selectFrom('history')
      .select('changes')
      .where('record_id', '=', id)
      .execute()
    expect(history).toEqual([{ changes: { colour: { after: 'red' } } }])
  })

  it('without data goes without asking', async () => {
    await define('rafts', { length: { type: 'number' } })
    await fixture.addRecord('rafts', 'user:ada')
    await define('rafts', {})
  })
})

describe('A module that is dropped', () => {
  it('with records is refused until the apply says so, and takes its shares and comments along', async () => {
    await define('ships', {})
    const id = await fixture.addRecord('ships', 'user:ada')
    const tables = database.organization(organization)
    const at = new Date()
    await tables
      .insertInto('shares')
      .values({ record_id: id, module: 'ships', grantee: 'everyone', level: 1, created_at: at })
      .execute()
    await tables.insertInto('comments').values({ id, module: 'ships', record_id: id, at, text: 'Ahoy' }).execute()
    expect(await refused(define('ships', undefined))).toMatchObject({ destroys: [{ module: 'ships', records: 1 }] })
    await define('ships', undefined, ['ships'])
    await define('ships', {})
    expect(await read('ships', 'id')).toEqual([])
    expect(await tables.selectFrom('shares').selectAll().where('module', '=', 'ships').execute()).toEqual([])
    expect(await tables.selectFrom('comments').selectAll().where('module', '=', 'ships').execute()).toEqual([])
  })

  it('goes together with a module that it points at and is pointed at by', async () => {
    await define('eggs', {})
    await define('hens', { egg: { type: 'lookup', module: 'eggs' } })
    await define('eggs', { hen: { type: 'lookup', module: 'hens' } })
    const { eggs: _eggs, hens: _hens, ...rest } = modules
    await fixture.apply({ bailiwick: 1, modules: rest })
    modules = rest
    await expect(read('eggs', 'id')).rejects.toThrow('does not exist')
  })
})

describe('A field whose type changes', () => {
  it.each<readonly [FieldType, unknown, FieldType, unknown]>([
    ['integer', 42, 'number', 42],
    ['integer', 42, 'money', 42],
    ['money', 0.1, 'number', 0.1],
    ['choice', 'Won', 'text', 'Won'],
    ['choice', 'Won', 'choices', ['Won']],
    ['text', 'x', 'longText', 'x'],
  ])('%s %j to %s keeps it as %j, filled or empty', async (from, value, to, expected) => {
    const module = `${from}-${to}`
    await define(module, { f: definition(from) })
    await fixture.addRecord(module, 'user:ada', { f_f: value })
    await fixture.addRecord(module, 'user:ada')
    await define(module, { f: definition(to) })
    expect(await read(module, 'f_f')).toEqual([{ f_f: expected }, { f_f: null }])
  })

  function definition(type: FieldType): Definition {
    const searched = type !== 'longText'
    return { type, ...(searched && { indexed: true }), ...(type.startsWith('choice') && { options: ['Won', 'Lost'] }) }
  }

  it.each<readonly [FieldType, unknown, Definition]>([
    ['text', 'soon', { type: 'date' }],
    ['number', 1.5, { type: 'integer' }],
    ['text', 'x', { type: 'text', encrypted: true }],
    ['boolean', false, { type: 'text' }],
  ])('%s %j to %j is refused while a record holds a value, even in the bin', async (type, value, to) => {
    const module = `no-${type}-${to.type}`
    await define(module, { f: { type } })
    await fixture.addRecord(module, 'user:ada', { f_f: value, deleted_at: new Date() })
    expect(await refused(define(module, { f: to }, [`${module}.f`, module]))).toMatchObject({
      problems: [{ path: `/modules/${module}/fields/f`, message: expect.stringContaining('1 records hold values') }],
    })
    await sql`update ${sql.id(recordTable(module))} set f_f = null`.execute(database.organization(organization))
    await define(module, { f: to })
    expect(await read(module, 'f_f')).toEqual([{ f_f: null }])
  })

  it('is refused with its path where a value is too large for the new type', async () => {
    await define('stars', { age: { type: 'integer' } })
    await fixture.addRecord('stars', 'user:ada', { f_age: 9e15 })
    expect(await refused(define('stars', { age: { type: 'money' } }))).toMatchObject({
      problems: [{ path: '/modules/stars/fields/age', message: 'Some value is too large for the new type.' }],
    })
  })
})

describe('A field that becomes unique', () => {
  it('is refused while two records hold the same value in other letters, the bin aside', async () => {
    await define('codes', { code: { type: 'text' } })
    const id = await fixture.addRecord('codes', 'user:ada', { f_code: 'Straße Å' })
    await fixture.addRecord('codes', 'user:ada', { f_code: 'STRAßE A\u030a' })
    const unique = { code: { type: 'text', unique: true } } as const
    expect(await refused(define('codes', unique))).toMatchObject({
      problems: [{ path: '/modules/codes/fields/code/unique', message: 'Several records hold the same value.' }],
    })
    await sql`update r_codes set deleted_at = now() where id = ${id}`.execute(database.organization(organization))
    await define('codes', unique)
    await expect(fixture.addRecord('codes', 'user:ada', { f_code: 'straßE å' })).rejects.toThrow('u_codes$code')
  })
})

describe('Tables', () => {
  it('have the columns and indexes that the room says they have', async () => {
    const long = `x${'y'.repeat(62)}`
    await define(long, { [long]: { type: 'text', indexed: true } })
    await fixture.addRecord(long, 'user:ada', { [fieldColumn(long)]: 'v' })
    const { rows } = await sql<{ indexname: string; indexdef: string }>`
      select indexname, indexdef from pg_indexes where schemaname = ${organization.schema} and tablename = ${recordTable(long)}`.execute(
      database.owner,
    )
    expect(rows.map(({ indexname }) => indexname)).toContain(indexName(long, long, 'i'))
    const { rows: types } = await sql<{ type: string }>`
      select format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = ${`"${organization.schema}".r_deals`}::regclass and attname = 'f_amount'`.execute(database.owner)
    expect(types).toEqual([{ type: columnType({ type: 'money' }) }])
  })

  it('may be worked on, and not altered, by the organization itself', async () => {
    await expect(
      sql`alter table r_accounts add column x int`.execute(database.organization(organization)),
    ).rejects.toThrow('owner')
    await expect(sql`truncate r_accounts`.execute(database.organization(organization))).rejects.toThrow(
      'permission denied',
    )
  })

  it('gain what a newer program knows, once', async () => {
    const own = await createPolicyFixture(database, await createOrganization())
    const place = own.organization
    const earlier = await own.addRecord('accounts', 'user:ada', { f_name: 'Äänekoski' })
    for (const statement of [...leaveTexts(place, 'accounts'), ...leaveTexts(place, 'deals')]) {
      await statement.execute(database.owner)
    }
    await sql`alter table ${sql.id(place.schema, 'r_accounts')} drop column f_website`.execute(database.owner)
    await sql`drop table ${sql.id(place.schema, 'r_budgets')}`.execute(database.owner)
    const fields = (module: Key) =>
      new Map(
        Object.entries(BUILT_IN_MODULES[module]?.fields ?? {}).map(([key, field]) => [
          key,
          { encrypted: false, unique: false, indexed: false, title: false, ...field },
        ]),
      )
    const needed = new Map(Object.keys(BUILT_IN_MODULES).map((module) => [module, { fields: fields(module) }]))
    const complete = async () => {
      const owner = database.owner.transaction()
      return (await owner.execute((transaction) => completeTables(transaction, place, needed))).made
    }
    expect(await complete()).toBeGreaterThan(2)
    expect(await complete()).toBe(0)
    await own.addRecord('budgets', 'user:ada')
    const later = await own.addRecord('accounts', 'user:ada', { f_website: 'https://Acme.example' })
    const { rows } = await sql`
      select id, f_name, f_website from ${sql.id(place.schema, 'w_accounts')} order by f_name`.execute(database.owner)
    expect(rows).toEqual([
      { id: earlier, f_name: '303244303244nekoski', f_website: null },
      { id: later, f_name: null, f_website: 'https://acme.example' },
    ])
  })
})
