import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createImportsFixture, mavenFile, readRejected } from './imports-fixture.ts'

const { database, createOrganization } = await testDatabase()
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'MavenTech' },
  users: { ada: { profiles: ['administrator'] }, moses: { name: 'Moses Frase', profiles: ['administrator'] } },
}
const fixture = await createImportsFixture(database, await createOrganization(), DOCUMENT, Date.now())
afterAll(() => fixture.forget())
const ada = fixture.actor('ada')
const bring = (module: string, name: string, mapping?: object) =>
  fixture.importPath(ada, { module, path: mavenFile(name), mapping })
const count = async (module: string, filter?: object) =>
  (await fixture.gateway.list(ada, module, { filter, count: 'exact', limit: 1 })).count?.value

it('the pipeline of a computer seller goes in as it is: 8,800 deals in a few seconds of the processor’s time', async () => {
  expect(await bring('products', 'products.csv')).toMatchObject({ created: 7, rejected: 0 })
  // A subsidiary may stand above its parent.
  expect(await bring('accounts', 'accounts.csv')).toMatchObject({ created: 85, rejected: 0, unmapped: [] })
  expect(await count('accounts', { field: 'parentAccount', op: 'isNotEmpty' })).toBe(15)
  const began = process.cpuUsage()
  const deals = await bring('deals', 'sales_pipeline.csv')
  expect(process.cpuUsage(began).user).toBeLessThan(10_000_000)
  // "GTXPro" is no product: those rows come back.
  expect(deals).toMatchObject({ created: 7_320, rejected: 1_480, unmapped: [] })
  const reasons = new Set((await readRejected(deals.rejectedFile ?? '')).map((row) => row.reason))
  expect([...reasons]).toEqual(['product: names no record that is there'])
  expect(await count('deals', { field: 'owner', op: 'eq', value: 'user:moses' })).toBeGreaterThan(100)
})

it('a mapping says what the file calls otherwise', async () => {
  const columns = {
    opportunity_id: 'externalId',
    product: { field: 'product', values: { GTXPro: 'GTX Pro' }, lookup: 'name' },
    account: 'account',
    deal_stage: 'stage',
    close_value: 'amount',
    close_date: { field: 'closeDate', dateFormat: 'YYYY-MM-DD' },
  }
  const mapping = { columns, defaults: { name: 'From the pipeline' }, owner: { column: 'sales_agent', values: {} } }
  const refused = await bring('deals', 'sales_pipeline.csv', mapping)
  expect(refused.created).toBe(0) // of the agents, only Moses is somebody here, and his deals are in already
  const { owner: _owner, ...ownerless } = mapping
  const again = await bring('deals', 'sales_pipeline.csv', ownerless)
  expect(again).toMatchObject({ created: 1_480, rejected: 7_320 })
  expect(await count('deals')).toBe(8_800)
})
