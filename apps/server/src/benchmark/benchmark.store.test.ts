import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { recordTable } from '../modules/columns.ts'
import { findOrganization } from '../organizations/find-organization.ts'
import { issueApiKey } from '../organizations/issue-api-key.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { readFactsForPolicy } from '../records/policy-ports.ts'
import { testOffice } from '../testing/test-office.ts'
import { loadBenchmark } from './load-benchmark.ts'
import { SHAPES } from './shape.ts'

const office = await testOffice()
const { parts, network } = office
const tiny = SHAPES.tiny!
const loading = { ...parts, readFacts: readFactsForPolicy }

async function newOrganization(slug: string): Promise<OrganizationPlace> {
  await office.asOperator('POST', '/operator/v1/organizations', { slug, adminEmail: `ada@${slug}.example` })
  return (await findOrganization(parts.database.control, slug))!
}

async function countedBy(organization: OrganizationPlace, user: string, module: string) {
  const key = await issueApiKey(parts, organization, user, 'test')
  const url = `/api/v1/records/${module}?limit=1&count=exact`
  const answer = await network.inject({ url, headers: { authorization: `Bearer ${key}` } })
  return answer.json<{ count: { value: number } }>().count.value
}

describe('the benchmark’s company', () => {
  it('is everybody’s as the rules say, and comes once only', async () => {
    const organization = await newOrganization('bench')
    const told: number[] = []
    const loaded = await loadBenchmark(loading, organization, tiny, (done) => void told.push(done))
    expect(loaded).toMatchObject({ accounts: tiny.accounts, deals: tiny.deals, people: tiny.users })
    expect(told.at(-1)).toBe(tiny.accounts + tiny.deals)
    const table = sql.table(`${organization.schema}.${recordTable('deals')}`)
    const open = await sql<{ n: number }>`select count(*)::int as n from ${table} where not confidential`.execute(
      parts.database.owner,
    )
    expect(await countedBy(organization, loaded.cast.administrator, 'deals')).toBe(open.rows[0]?.n)
    expect(open.rows[0]?.n).toBeGreaterThan(tiny.deals * 0.9)
    const own = await countedBy(organization, loaded.cast.representative, 'deals')
    expect(own).toBeGreaterThan(0)
    expect(own).toBeLessThan(tiny.deals / 2)
    expect(await countedBy(organization, loaded.cast.guest, 'accounts')).toBeGreaterThan(0)
    await expect(loadBenchmark(loading, organization, tiny)).rejects.toMatchObject({ status: 409 })
  })

  it('leaves no record behind where it is stopped midway, and can be loaded after that', async () => {
    const organization = await newOrganization('stopped')
    const stop = () => {
      throw new Error('stopped')
    }
    await expect(loadBenchmark(loading, organization, tiny, stop)).rejects.toThrow('stopped')
    expect(await countedBy(organization, 'admin', 'accounts')).toBe(0)
    const indexes = sql<{
      n: number
    }>`select count(*)::int as n from pg_indexes where schemaname = ${organization.schema}`
    const before = (await indexes.execute(parts.database.owner)).rows[0]?.n
    await loadBenchmark(loading, organization, tiny)
    expect((await indexes.execute(parts.database.owner)).rows[0]?.n).toBe(before)
  })

  it('is loaded by the operator, as a job that says why it can’t', async () => {
    const path = '/operator/v1/organizations/nordwind/benchmark'
    expect((await office.asOperator('POST', path, { size: 'huge' })).statusCode).toBe(422)
    const nowhere = path.replace('nordwind', 'nowhere')
    expect((await office.asOperator('POST', nowhere, { size: 'small' })).statusCode).toBe(404)
    const authorization = `Bearer ${office.keyOf('anna')}`
    const made = await network.inject({
      method: 'POST',
      url: '/api/v1/records/accounts',
      headers: { authorization },
      body: { name: 'Standing' },
    })
    expect(made.statusCode).toBe(201)
    const started = await office.asOperator('POST', path, { size: 'small' })
    expect(started.statusCode).toBe(202)
    const view = await endOf(String(started.headers.location))
    expect(view).toMatchObject({ state: 'failed', error: expect.stringContaining('1 accounts and 0 deals') })
    const { document } = await parts.policies.confirm((await findOrganization(parts.database.control, 'nordwind'))!)
    expect(Object.keys(document.users ?? {})).not.toContain('u00000')
  })
})

async function endOf(url: string) {
  for (;;) {
    const answer = await office.operator.inject({ url, headers: { 'bailiwick-act': 'nordwind/operator' } })
    const view = answer.json<{ state: string; error?: string }>()
    if (view.state !== 'queued' && view.state !== 'running') return view
    await sleep(20)
  }
}
