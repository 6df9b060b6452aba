import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { recordTable } from '../modules/columns.ts'
import { testDatabase } from '../testing/index.ts'
import { DOCUMENT, NOW, refusal } from './gateway-fixture.ts'
import { createRecordsFixture } from './records-fixture.ts'

const GAUGES = {
  fields: {
    name: { type: 'text', title: true },
    level: { type: 'number' },
    full: { type: 'percent' },
    number: { type: 'autoNumber' },
    kinds: { type: 'choices', options: ['wet', 'dry'] },
    on: { type: 'boolean' },
    since: { type: 'date' },
    keeper: { type: 'user' },
    twin: { type: 'lookup', module: 'gauges' },
  },
} as const

const { database, createOrganization } = await testDatabase()
const place = await createOrganization()
const profiles = {
  ...DOCUMENT.profiles,
  sales: { modules: { gauges: { actions: ['create', 'read', 'update', 'mass'] } } },
} as const
const document = { ...DOCUMENT, profiles, modules: { ...DOCUMENT.modules, gauges: GAUGES } }
const { gateway, actor } = await createRecordsFixture(database, place, document, NOW)
const mikko = actor('mikko')
const stored = database.organization(place)

const make = async (body: Record<string, unknown>) => (await gateway.create(mikko, 'gauges', body)).id

describe('The greatest of numbers', () => {
  it('is stated to who writes a greater one', async () => {
    const body = { name: 'g', level: 1e101, full: -1e101 }
    const message = 'must be a number from -1e100 to 1e100'
    expect(await refusal(gateway.create(mikko, 'gauges', body))).toMatchObject({
      status: 422,
      errors: [
        { path: '/level', message },
        { path: '/full', message },
      ],
    })
    const id = await make({ name: 'g', level: 1e100, full: -1e100 })
    expect(await gateway.read(mikko, 'gauges', id)).toMatchObject({ level: 1e100, full: -1e100 })
  })

  it('leaves figures standing where greater ones were stored before', async () => {
    const alone = { filter: { field: 'name', op: 'eq', value: 'old' } as const }
    for (const full of [12.5, null]) {
      const id = await make({ name: 'old', level: 1, full })
      await sql`update ${sql.table(recordTable('gauges'))} set f_level = -1.7e308 where id = ${id}`.execute(stored)
    }
    const measures = (['sum', 'avg', 'min'] as const).map((op) => ({ op, field: 'level' }))
    const sums = (['sum', 'avg'] as const).map((op) => ({ op, field: 'full' }))
    const answer = await gateway.aggregate(mikko, 'gauges', { ...alone, measures: [...measures, ...sums] })
    expect(answer.groups).toMatchObject([{ count: 2, measures: [-2e100, -1e100, -1.7e308, 12.5, 12.5] }])
  })
})

describe('A number that is given', () => {
  it.each([null, '', [], '7'])('is neither set nor taken away: %j', async (number) => {
    const notSet = { status: 422, errors: [{ path: '/number', message: 'is not set this way' }] }
    expect(await refusal(gateway.create(mikko, 'gauges', { name: 'n', number }))).toMatchObject(notSet)
    const id = await make({ name: 'n' })
    const given = await gateway.read(mikko, 'gauges', id)
    expect(given.number).toMatch(/^\d+$/)
    expect(await refusal(gateway.update(mikko, 'gauges', id, { number }))).toMatchObject(notSet)
    expect(await refusal(gateway.requireChange(mikko, 'gauges', { set: { number } }))).toMatchObject({ status: 422 })
    expect(await gateway.read(mikko, 'gauges', id)).toEqual(given)
  })
})

describe('An empty list', () => {
  it('empties choices, and is a wrong value of anything else', async () => {
    const id = await make({ name: 'e', level: 1, kinds: ['wet'], on: true })
    const empty = { name: [], level: [], full: [], on: [], since: [], keeper: [], twin: [] }
    const refused = await refusal(gateway.update(mikko, 'gauges', id, empty))
    expect(refused.status).toBe(422)
    expect(refused.errors?.map(({ path }) => path)).toEqual(Object.keys(empty).map((key) => `/${key}`))
    await gateway.update(mikko, 'gauges', id, { kinds: [], on: null, level: '' })
    expect(await gateway.read(mikko, 'gauges', id)).toMatchObject({ name: 'e', kinds: null, on: null, level: null })
  })
})
