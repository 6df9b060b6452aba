import { randomUUIDv7 } from 'node:crypto'
import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { RunningJob } from '../../jobs/job.ts'
import type { OrganizationPlace } from '../../policy/live-policy.ts'
import type { testDatabase } from '../../testing/index.ts'
import { createRecordsFixture } from '../records-fixture.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')

export const COUNTED_DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  roles: { lead: { name: 'Lead' }, north: { name: 'North', parent: 'lead' }, south: { name: 'South', parent: 'lead' } },
  profiles: {
    sales: {
      modules: {
        accounts: { actions: ['create', 'read', 'update', 'delete', 'share', 'transfer', 'confide', 'mass', 'import'] },
      },
    },
    audit: { modules: { accounts: { actions: ['read'], viewAll: true } } },
    figures: { system: ['viewReports'], modules: { accounts: { actions: ['read'], aggregate: 'all' } } },
  },
  modules: { accounts: { sharing: 'none' } },
  teams: { desk: { members: ['anna'] } },
  users: {
    ada: { profiles: ['administrator'] },
    omar: { profiles: ['audit'] },
    tiina: { role: 'lead', profiles: ['sales'] },
    anna: { role: 'north', profiles: ['sales'] },
    arne: { role: 'north', profiles: ['sales'] },
    sofia: { role: 'south', profiles: ['sales'] },
    fia: { profiles: ['figures'] },
  },
}
const PEOPLE = ['ada', 'omar', 'tiina', 'anna', 'arne', 'sofia', 'fia']
/** Whose figures are over all records. */
const OVER_ALL = 'fia'

type TestDatabase = Awaited<ReturnType<typeof testDatabase>>

/** For tests of counting: an office with some records of everybody's, and what holds of their number whatever has happened. */
export async function countsFixture({ database, createOrganization }: TestDatabase) {
  const organization = await createOrganization()
  const office = await createRecordsFixture(database, organization, COUNTED_DOCUMENT, NOW)
  const tables = database.organization(organization)
  for (const owner of ['user:anna', 'user:anna', 'user:arne', 'user:sofia', 'user:tiina', 'team:desk']) {
    await office.addRecord('accounts', owner)
  }
  /** Records that nothing has happened to yet. */
  const fresh = async () => ({
    secret: await office.addRecord('accounts', 'user:anna', { confidential: true }),
    binned: await office.addRecord('accounts', 'user:arne', { deleted_at: new Date(NOW).toISOString() }),
    plain: await office.addRecord('accounts', 'user:arne'),
  })
  const pass = (statement: string) => sql.raw(statement).execute(tables)

  /** What is written beside what is there; both by bucket and confidentiality. */
  const written = () =>
    numbers(sql`select bucket, confidential, sum(n) as n from record_counts where module = 'accounts'
    group by 1, 2 having sum(n) <> 0`)
  const there = () =>
    numbers(sql`select bucket, confidential, count(*) as n from r_accounts where deleted_at is null group by 1, 2`)
  async function numbers(select: ReturnType<typeof sql>) {
    const { rows } = await sql<{ bucket: number; confidential: boolean; n: number }>`${select} order by 1, 2`.execute(
      tables,
    )
    return rows.map(({ bucket, confidential, n }) => `${bucket} ${confidential} ${n}`)
  }
  /** As who sees figures over all is told of those that aren't confidential: fewer than five aren't told. */
  const openOnes = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from r_accounts where deleted_at is null and not confidential`.execute(tables)
    const n = rows[0]?.n ?? 0
    return n < 5 ? undefined : n
  }
  const counted = (user: string, count: 'exact' | 'capped') =>
    office.gateway.list(office.actor(user), 'accounts', { limit: 200, count })

  /** Holds after whatever has happened. */
  const requireCounted = async (what: string) => {
    expect(await written(), what).toEqual(await there())
    for (const user of PEOPLE) {
      const [exact, capped] = [await counted(user, 'exact'), await counted(user, 'capped')]
      const value = exact.items.length
      expect([exact.count, capped.count], `${user}, ${what}`).toEqual(Array(2).fill({ value, exact: true }))
      const { over, groups } = await office.gateway.aggregate(office.actor(user), 'accounts', {})
      expect(over).toBe(user === OVER_ALL ? 'all' : 'visible')
      if (over === 'visible') expect(groups, `${user}, ${what}`).toEqual([{ by: [], count: value, measures: [value] }])
      else expect(groups[0]?.count, what).toBe(await openOnes())
    }
  }
  return { ...office, organization, tables, fresh, pass, written, requireCounted }
}

/** One that nobody watches or stops. */
export const jobOf = (organization: OrganizationPlace): RunningJob => ({
  id: randomUUIDv7(),
  organization,
  input: undefined,
  saved: undefined,
  actor: () => Promise.reject(new Error('Nobody asked for it')),
  goOn: () => {},
  hold: async () => {},
  save: async () => {},
})

export type CountsFixture = Awaited<ReturnType<typeof countsFixture>>
export type Fresh = Awaited<ReturnType<CountsFixture['fresh']>>
