import { compilePolicy, type Key, type PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { createPolicyFixture, type PolicyFixture } from '../policy/policy-fixture.ts'
import { testDatabase } from '../testing/index.ts'
import { completeTables } from './complete-tables.ts'

const { database, createOrganization } = await testDatabase()

let fixture: PolicyFixture
beforeEach(async () => {
  fixture = await createPolicyFixture(database, await createOrganization())
})

type Rules = NonNullable<PolicyDocument['sharingRules']>

const sites = (revenue: 'integer' | 'money' = 'integer') => ({
  sites: { fields: { name: { type: 'text', title: true }, country: { type: 'text' }, revenue: { type: revenue } } },
})
const document = (rules: Rules, modules: object = sites()) => ({ bailiwick: 1, modules, sharingRules: rules })
const rule = (when: Rules[Key]['when'], more: Partial<Rules[Key]> = {}): Rules[Key] => {
  return { module: 'sites', when, with: ['user:ada'], level: 'read', ...more }
}
const inCountry = (value: string) => rule({ field: 'country', op: 'eq', value })
const large = (value: number) => rule({ field: 'revenue', op: 'gte', value })

const IN_COUNTRY = ['rn_sites$country', 'rt_sites$country']

async function indexNames(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes
    where schemaname = ${fixture.organization.schema} and tablename = 'r_sites' and indexname ~ '^[rq][nt]_' order by 1`.execute(
    database.owner,
  )
  return rows.map(({ name }) => name)
}

async function statisticsNames(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select stxname as name from pg_statistic_ext
    where stxnamespace = ${fixture.organization.schema}::regnamespace and stxname ~ '^[rq][nt]_'`.execute(
    database.owner,
  )
  return rows.map(({ name }) => name)
}

describe('Rules by values', () => {
  it('have indexes for what they lead to, which come and go with them', async () => {
    await fixture.apply(document({ spain: inCountry('Spain') }))
    expect([await indexNames(), await statisticsNames()]).toEqual([IN_COUNTRY, ['rn_sites$country']])
    await fixture.apply(document({ chad: inCountry('Chad'), peru: inCountry('Peru') }))
    expect(await indexNames()).toEqual(IN_COUNTRY)
    const owned = { ...inCountry('Chad'), ownedBy: ['user:ada'] } as const
    await fixture.apply(document({ chad: owned }))
    expect(await indexNames()).toEqual(['qn_sites$country', 'qt_sites$country'])
    await fixture.apply(document({}))
    expect([await indexNames(), await statisticsNames()]).toEqual([[], []])
  })

  it('that compare by more have others as soon as they compare with something else', async () => {
    await fixture.apply(document({ large: large(1_000) }))
    const before = await indexNames()
    await fixture.apply(document({ large: large(2_000) }))
    const after = await indexNames()
    expect([before.length, after.length, after.some((name) => before.includes(name))]).toEqual([2, 2, false])
  })

  it('let a column that they compare take another type', async () => {
    const rules = { large: large(1_000), spain: inCountry('Spain') }
    await fixture.apply(document(rules))
    await fixture.addRecord('sites', 'user:ada', { f_name: 'Big', f_country: 'Spain', f_revenue: 5_000 })
    await fixture.apply(document(rules, sites('money')))
    expect(await indexNames()).toHaveLength(4)
  })

  it('are there again when a column that they compare is made anew', async () => {
    const rules = { spain: inCountry('Spain') }
    await fixture.apply(document(rules))
    const { fields } = sites().sites
    const chosen = { sites: { fields: { ...fields, country: { type: 'choice', options: ['Spain'] } } } }
    await fixture.apply(document(rules, chosen))
    expect(await indexNames()).toEqual(IN_COUNTRY)
  })

  it('may compare fields of any type that has an order, and more at once', async () => {
    const fields = {
      ...sites().sites.fields,
      ...Object.fromEntries(['number', 'percent', 'money', 'date', 'boolean'].map((type) => [`${type}Of`, { type }])),
    }
    const all: Rules[Key]['when'][] = [
      { field: 'numberOf', op: 'lt', value: 1.5e-7 },
      { field: 'percentOf', op: 'lte', value: 33.3 },
      { field: 'moneyOf', op: 'gt', value: 12_345.6789 },
      { field: 'dateOf', op: 'gte', value: '2024-02-29' },
      { field: 'booleanOf', op: 'eq', value: false },
      { field: 'country', op: 'isEmpty' },
    ]
    const one = rule({ all: all.map((when) => when!) })
    await fixture.apply(document({ one, owned: { ...one, ownedBy: ['user:ada'] } }, { sites: { fields } }))
    expect((await indexNames()).map((name) => name.slice(0, 2))).toEqual(['qn', 'qt', 'rn', 'rt'])
  })

  it('may name no value at all, alone or beside others', async () => {
    const none = { field: 'country', op: 'in', value: [] } as const
    await fixture.apply(document({ none: rule(none), large: rule({ all: [none, large(1).when!] }) }))
    expect(await indexNames()).toHaveLength(2)
  })

  it('take any value that a quotation mark or a backslash is in', async () => {
    const when = { all: [{ field: 'country', op: 'in', value: ["Côte d'Ivoire\\"] }, large(1).when!] } as const
    await fixture.apply(document({ odd: rule(when) }))
    const { rows } = await sql<{ definition: string }>`
      select indexdef as definition from pg_indexes
      where schemaname = ${fixture.organization.schema} and indexname ~ '^rn_sites'`.execute(database.owner)
    expect(rows[0]?.definition).toContain("côte d''ivoire\\")
  })

  it('gain indexes that an older program didn’t make, once', async () => {
    const applied = document({ spain: inCountry('Spain'), large: large(1_000) })
    await fixture.apply(applied)
    const names = await indexNames()
    const { schema } = fixture.organization
    for (const name of names) await sql`drop index ${sql.id(schema, name)}`.execute(database.owner)
    await sql`drop statistics ${sql.id(schema, 'rn_sites$country')}`.execute(database.owner)
    const { modules } = compilePolicy(applied as PolicyDocument, {})
    const complete = () =>
      database.owner.transaction().execute((owner) => completeTables(owner, fixture.organization, modules))
    expect([(await complete()).made, (await complete()).made]).toEqual([4, 0])
    expect(await indexNames()).toEqual(names)
  })
})
