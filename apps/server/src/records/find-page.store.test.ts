import type { PolicyDocument } from '@bailiwick/access'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import type { ListQuery } from './list-query.ts'
import type { RecordItem } from './present-record.ts'
import { createRecordsFixture } from './records-fixture.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
/** More than the first attempt looks at, of all rows and of one busy person’s. */
const RECORDS = 2_600

/**
 * A head of twelve roles, so that he is asked for as one of a wide reach, one of nine of them, whose people have none of the newest records,
 * and representatives of few records.
 */
function office(): PolicyDocument {
  const roles = Array.from({ length: 12 }, (_none, at) => [`rep${at}`, { parent: at < 3 ? 'head' : 'late' }])
  const sellers = Array.from({ length: 60 }, (_none, at) => {
    return [
      `s${at}`,
      { role: `rep${at % 12}`, profiles: ['sales'], attributes: { region: at % 2 ? 'Energy' : 'Retail' } },
    ]
  })
  return {
    bailiwick: 1,
    roles: { head: {}, late: { parent: 'head' }, ...Object.fromEntries(roles) },
    profiles: {
      sales: { modules: { accounts: { actions: ['create', 'read', 'update'] } } },
      all: { modules: { accounts: { actions: ['read'], viewAll: true } } },
    },
    users: {
      ada: { profiles: ['administrator'] },
      hanna: { role: 'head', profiles: ['sales'] },
      olga: { role: 'late', profiles: ['sales'] },
      vera: { profiles: ['all'] },
      ...Object.fromEntries(sellers),
    },
  }
}

const { database, createOrganization } = await testDatabase()
const organization = await createOrganization()
const { gateway, actor } = await createRecordsFixture(database, organization, office(), NOW)

/** One in four hundred is in shipbuilding; old records are in Japan alone; the newest belong to few. */
beforeAll(async () => {
  await database.run(organization, {
    text: `
      insert into r_accounts (id, owner_id, created_at, updated_at, confidential, f_name, f_industry, f_country, f_revenue)
      select gen_random_uuid(), o.id, '2026-01-01', timestamptz '2026-03-01' - n * interval '1 hour', n % 50 = 0,
        'Company ' || n || case when n % 7 = 0 then ' Timber' else '' end,
        case when n % 400 = 399 then 'Shipbuilding' when n % 5 = 0 then null when n % 2 = 0 then 'Retail' else 'Energy' end,
        case when n > 2300 then 'Japan' else 'Finland' end, case when n % 11 = 0 then null else n % 90 end
      from generate_series(1, ${RECORDS}) n
      join lateral (select id from owners where key = 's' || (case when n <= 2100 then n % 3 else n % 60 end)) o on true`,
  })
})

type Holds = (item: RecordItem, user: string) => boolean
interface Question {
  readonly query: ListQuery
  readonly holds: Holds
}

const text = (item: RecordItem, field: string) => String(item[field] ?? '').toLowerCase()
const eq = (field: string, value: string): Question => ({
  query: { filter: { field, op: 'eq', value } },
  holds: (item) => text(item, field) === value.toLowerCase(),
})
const oneOf = (field: string, values: readonly string[]): Question => ({
  query: { filter: { field, op: 'in', value: values } },
  holds: (item) => values.some((value) => text(item, field) === value.toLowerCase()),
})
const above = (least: number): Question => ({
  query: { filter: { field: 'revenue', op: 'gt', value: least } },
  holds: ({ revenue }) => typeof revenue === 'number' && revenue > least,
})
const within = (industry: string, country: string): Question => ({
  query: {
    filter: {
      all: [{ field: 'industry', op: 'eq', value: industry }, { not: { field: 'country', op: 'eq', value: country } }],
    },
  },
  holds: (item) => item.industry === industry && item.country !== country,
})
const words = (q: string): Question => ({
  query: { q },
  holds: (item) =>
    q
      .split(' ')
      .every((word) => ['name', 'industry', 'country'].some((field) => text(item, field).includes(word.toLowerCase()))),
})
const like = (field: string, op: 'contains' | 'startsWith', value: string): Question => ({
  query: { filter: { field, op, value } },
  holds: (item) => (op === 'contains' ? text(item, field).includes(value) : text(item, field).startsWith(value)),
})
const notOwnedBy = (owner: string): Question => ({
  query: { filter: { field: 'owner', op: 'ne', value: owner } },
  holds: (item) => item.owner !== owner,
})
const inOwnRegion: Question = {
  query: { filter: { field: 'industry', op: 'eq', value: { user: 'region' } } },
  holds: (item, user) => item.industry === (Number(user.slice(1)) % 2 ? 'Energy' : 'Retail'),
}

/** Shapes that come again with other values, rare ones before common ones and the other way round. */
const QUESTIONS: readonly Question[] = [
  ...['Shipbuilding', 'retail', 'Energy', 'Fishing'].map((value) => eq('industry', value)),
  ...['Finland', 'Japan'].map((value) => eq('country', value)),
  ...['user:s1', 'user:s20', 'user:nobody', 'user:hanna'].map((value) => eq('owner', value)),
  ...['user:s1', 'user:nobody'].map(notOwnedBy),
  oneOf('industry', ['Shipbuilding']),
  oneOf('industry', ['Energy', 'shipbuilding', 'Fishing']),
  ...[89, 88, 10, -5].map(above),
  like('name', 'contains', '2599'),
  like('name', 'contains', 'y 1'),
  like('name', 'startsWith', 'company 251'),
  like('country', 'startsWith', 'jap'),
  like('website', 'contains', 'x'),
  within('Retail', 'Japan'),
  within('Energy', 'Finland'),
  ...['timber', 'company 11', 'timber shipbuilding', 'nothing', '2599', 'apan', 'y_1', 'zz'].map(words),
]
const SORTS = [undefined, '-name', 'revenue'] as const

async function allOf(user: string, query: ListQuery): Promise<RecordItem[]> {
  const items: RecordItem[] = []
  let cursor: string | undefined
  do {
    const page = await gateway.list(actor(user), 'accounts', { ...query, cursor })
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return items
}

const ids = (items: readonly RecordItem[]) => items.map(({ id }) => id)

describe.each(['vera', 'hanna', 's1'])('filtered lists of %s', (user) => {
  test.each(SORTS)('are what a look through the whole list finds, sorted by %s', async (sort) => {
    const whole = await allOf(user, { sort, limit: 200 })
    const questions = user.startsWith('s') ? [...QUESTIONS, inOwnRegion] : QUESTIONS
    for (const { query, holds } of questions) {
      const expected = ids(whole.filter((item) => holds(item, user)))
      expect(ids(await allOf(user, { ...query, sort, limit: 200 })), JSON.stringify(query)).toEqual(expected)
      // By what that found out.
      const { items } = await gateway.list(actor(user), 'accounts', { ...query, sort, limit: 200 })
      expect(ids(items), JSON.stringify(query)).toEqual(expected.slice(0, 200))
    }
  })
})

describe.each([
  { user: 'hanna', sees: () => true },
  { user: 'olga', sees: (seller: number) => seller % 12 >= 3 },
])('the list of $user, whose reach is wide, has what she reaches in order', ({ user, sees }) => {
  test.each([
    { sort: undefined, order: 'r.updated_at desc, r.id desc' },
    { sort: 'name', order: 'f_name collate "C", r.id' },
    // In orders that no index has, for so few.
    { sort: '-revenue', order: 'f_revenue desc nulls last, r.id desc' },
    { sort: 'country,name', order: 'f_country collate "C", f_name collate "C", r.id' },
    { sort: '-country,revenue', order: 'f_country collate "C" desc nulls last, f_revenue nulls last, r.id' },
  ])('sorted by $sort', async ({ sort, order }) => {
    const rows = await database.run<{ id: string; owner: string }>(organization, {
      text: `select r.id, o.key as owner from r_accounts r join owners o on o.id = r.owner_id where not r.confidential order by ${order}`,
    })
    const expected = rows.filter(({ owner }) => sees(Number(owner.slice(1)))).map(({ id }) => id)
    expect(ids(await allOf(user, { sort }))).toEqual(expected)
    // By what that found out; and at a glance, which is the page where nothing is asked for.
    for (const glance of [false, true]) {
      const { items } = await gateway.list(actor(user), 'accounts', { sort, limit: 40, glance })
      expect(ids(items)).toEqual(expected.slice(0, 40))
    }
  })
})

test('a rare word is found at a glance, wherever its record stands', async () => {
  const names = async (user: string, q: string) =>
    (await gateway.list(actor(user), 'accounts', { q, limit: 40, glance: true })).items.map(({ name }) => name)
  expect(await names('vera', 'ompany 2599')).toEqual(['Company 2599'])
  expect(await names('hanna', 'pany 2597')).toEqual(['Company 2597 Timber'])
  // Confidential, and somebody else's.
  expect(await names('vera', 'company 2600')).toEqual([])
  expect(await names('s1', 'company 2599')).toEqual([])
})

test('a value that became common is found as before, and one that came up since', async () => {
  const ask = () =>
    gateway.list(actor('vera'), 'accounts', { filter: { field: 'industry', op: 'eq', value: 'Mining' }, limit: 200 })
  expect((await ask()).items).toEqual([])
  await database.run(organization, {
    text: `update r_accounts set f_industry = 'Mining' where f_industry = 'Shipbuilding'`,
  })
  expect((await ask()).items).toHaveLength(6)
})
