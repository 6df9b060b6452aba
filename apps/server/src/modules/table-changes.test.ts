import type { FieldType, Key } from '@bailiwick/access'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { describe, expect, it } from 'vitest'
import { blindIndexColumn, fieldColumn, recordTable } from './columns.ts'
import { compareTables, isWidening } from './table-changes.ts'
import type { TableField, TableModules } from './table-field.ts'
import { tableStatements } from './table-statements.ts'

const compiler = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const PLACE = { schema: 'org_acme', role: 'org_acme_1' }

function field(type: FieldType, more: Partial<TableField> = {}): TableField {
  return { type, encrypted: false, unique: false, indexed: false, title: false, ...more }
}

function modules(definition: Record<Key, Record<Key, TableField>>): TableModules {
  return new Map(Object.entries(definition).map(([key, fields]) => [key, { fields: new Map(Object.entries(fields)) }]))
}

const kinds = (before: TableModules, after: TableModules) => compareTables(before, after).map((change) => change.kind)

describe('Comparing tables', () => {
  it('finds nothing to do between equal modules', () => {
    const same = modules({ sites: { name: field('text', { title: true }), opened: field('date') } })
    expect(compareTables(same, same)).toEqual([])
  })

  it('makes every table before any column that points at one', () => {
    const after = modules({ a: { b: field('lookup', { module: 'b' }) }, b: { a: field('lookup', { module: 'a' }) } })
    expect(kinds(new Map(), after)).toEqual([
      'createModule',
      'createModule',
      'addField',
      'addField',
      'addIndex',
      'addIndex',
      'addTexts',
      'addTexts',
    ])
  })

  it('puts what figures are made of in front in a new table, and whatever comes later behind', () => {
    const columns = (before: TableModules, after: TableModules) =>
      compareTables(before, after).flatMap((change) => (change.kind === 'addField' ? change.field : []))
    const fields = { name: field('text'), stage: field('choice'), owner2: field('user'), amount: field('money') }
    const sealed = { pay: field('money', { encrypted: true }), due: field('date') }
    expect(columns(new Map(), modules({ deals: { ...fields, ...sealed } }))).toEqual([
      ...['stage', 'amount', 'due'],
      ...['name', 'owner2', 'pay'],
    ])
    const more = { ...fields, note: field('text'), sum: field('money') }
    expect(columns(modules({ deals: fields }), modules({ deals: more }))).toEqual(['note', 'sum'])
  })

  it('drops what points at a table before the table', () => {
    const before = modules({ a: { b: field('lookup', { module: 'b' }) }, b: { a: field('lookup', { module: 'a' }) } })
    expect(kinds(before, new Map())).toEqual([
      'dropTexts',
      'dropTexts',
      'dropField',
      'dropField',
      'dropModule',
      'dropModule',
    ])
  })

  it('makes a column anew where its values cannot be kept', () => {
    const changes = compareTables(modules({ a: { f: field('text') } }), modules({ a: { f: field('date') } }))
    expect(changes).toMatchObject([
      { kind: 'dropTexts' },
      { kind: 'dropField', becomes: { type: 'date' } },
      { kind: 'addField' },
      { kind: 'addTexts', texts: { columns: ['external_id'] } },
    ])
  })

  it('only changes the index where only the index changes', () => {
    const [before, after] = [
      modules({ a: { f: field('text') } }),
      modules({ a: { f: field('text', { unique: true }) } }),
    ]
    expect(kinds(before, after)).toEqual(['addIndex'])
    expect(kinds(after, before)).toEqual(['dropIndex'])
  })

  it('makes an index anew around a conversion', () => {
    const before = modules({ a: { f: field('choice', { indexed: true }) } })
    const after = modules({ a: { f: field('choices', { indexed: true }) } })
    const steps = ['dropTexts', 'dropOrders', 'dropIndex', 'convertField', 'addIndex', 'addTexts']
    expect(kinds(before, after)).toEqual(steps)
  })

  it('leaves no order that lists were asked for in where the field is of another type, or has an index of its own', () => {
    const orders = (from: TableField, to: TableField) =>
      kinds(modules({ a: { f: from } }), modules({ a: { f: to } })).filter((kind) => kind === 'dropOrders').length
    expect(orders(field('text'), field('longText'))).toBe(1)
    expect(orders(field('text'), field('text', { indexed: true }))).toBe(1)
    expect(orders(field('text', { indexed: true }), field('text'))).toBe(0)
    expect(orders(field('text'), field('text', { title: true }))).toBe(0)
  })

  it('leaves the columns alone that every table has', () => {
    expect(
      kinds(modules({ a: {} }), modules({ a: { owner: field('user'), externalId: field('text', { unique: true }) } })),
    ).toEqual([])
  })
})

describe('Texts that are searched', () => {
  const name = field('text', { title: true })
  const texts = (before: Record<Key, TableField>, after: Record<Key, TableField>) =>
    compareTables(modules({ a: before }), modules({ a: after })).filter(({ kind }) => kind.endsWith('Texts'))

  it('are kept where a field comes that nobody has filled', () => {
    expect(texts({ name }, { name, city: field('text') })).toEqual([
      {
        kind: 'addTexts',
        module: 'a',
        texts: { columns: ['external_id', 'f_city', 'f_name'], kept: ['external_id', 'f_name'] },
      },
    ])
  })

  it('stay as they are where only other fields change', () => {
    expect(texts({ name }, { name, opened: field('date'), secret: field('text', { encrypted: true }) })).toEqual([])
    expect(texts({ name: field('choice') }, { name: field('text') })).toEqual([])
  })

  it.each([
    ['a field goes', { name, city: field('text') }, { name }],
    ['a field is encrypted', { name, city: field('text') }, { name, city: field('text', { encrypted: true }) }],
    ['numbers come, which records have at once', { name }, { name, number: field('autoNumber') }],
    ['a column goes for another of its name', { name, city: field('text') }, { name, city: field('choice') }],
  ])('are made anew where %s', (_what, before, after) => {
    const changes = texts(before, after)
    expect(changes.map(({ kind }) => kind)).toEqual(['dropTexts', 'addTexts'])
    expect(changes.at(-1)).not.toHaveProperty('texts.kept')
  })
})

describe('Widening', () => {
  it.each([
    ['integer', 'number', true],
    ['integer', 'money', true],
    ['number', 'integer', false],
    ['choice', 'text', true],
    ['text', 'choice', false],
    ['text', 'longText', true],
    ['longText', 'email', true],
    ['date', 'dateTime', false],
    ['boolean', 'text', false],
    ['money', 'number', true],
  ] as const)('%s to %s: %s', (from, to, expected) => {
    expect(isWidening(field(from), field(to))).toBe(expected)
  })

  it('never turns clear text into encrypted text or back', () => {
    expect(isWidening(field('text'), field('text', { encrypted: true }))).toBe(false)
    expect(isWidening(field('text', { encrypted: true }), field('text'))).toBe(false)
  })

  it('never points a lookup elsewhere', () => {
    expect(isWidening(field('lookup', { module: 'a' }), field('lookup', { module: 'b' }))).toBe(false)
  })
})

describe('Names in the database', () => {
  const long = 'x'.repeat(63)

  it('fit into 63 bytes, and differ where the keys differ', () => {
    const names = [fieldColumn(long), fieldColumn(`${'x'.repeat(62)}y`), blindIndexColumn(long), recordTable(long)]
    expect(names.every((name) => name.length <= 63)).toBe(true)
    expect(new Set(names).size).toBe(names.length)
  })

  it('keep the case of the key and tell fields from system columns', () => {
    expect(fieldColumn('Owner')).toBe('f_Owner')
    expect(fieldColumn('owner')).toBe('owner_id')
    expect(fieldColumn('version')).toBe('version')
  })
})

it('writes names as quoted identifiers and texts, whatever is in them', () => {
  const changes = compareTables(
    new Map(),
    modules({ 'a"; drop table head; \'--': { 'f"': field('text', { unique: true }) } }),
  )
  for (const statement of changes.flatMap((change) => tableStatements(PLACE, change))) {
    const unquoted = textOf(statement).replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, '')
    expect(unquoted).not.toMatch(/drop|--|["']/)
  }
})

function textOf(statement: ReturnType<typeof tableStatements>[number]): string {
  return statement.compile(compiler).sql
}
