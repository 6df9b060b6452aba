import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createImportsFixture, readRejected, testFile } from './imports-fixture.ts'

const { database, createOrganization } = await testDatabase()
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  users: { ada: { profiles: ['administrator'] } },
}

describe('an organization’s exported files go in as they are, one after the other', async () => {
  const fixture = await createImportsFixture(database, await createOrganization(), DOCUMENT, Date.now())
  afterAll(() => fixture.forget())
  const ada = fixture.actor('ada')
  const bring = async (module: string, name: string) => {
    const { rejectedFile, ...result } = await fixture.importPath(ada, { module, path: testFile(name) })
    const rows = rejectedFile === undefined ? [] : await readRejected(rejectedFile)
    return { ...result, reasons: rows.map((row) => row.reason) }
  }
  const find = async (module: string, externalId: string) => {
    const { items } = await fixture.gateway.list(ada, module, {
      filter: { field: 'externalId', op: 'eq', value: externalId },
    })
    return items[0]!
  }

  it('every row of every file', async () => {
    const results = [
      await bring('accounts', 'Account.csv'),
      await bring('contacts', 'Contact.csv'),
      await bring('leads', 'Lead.csv'),
      await bring('deals', 'Opportunity.csv'),
      await bring('tickets', 'Case.csv'),
    ]
    expect(results.flatMap(({ reasons }) => reasons)).toEqual([])
    expect(results.map(({ created, rejected, total }) => [created, rejected, total])).toEqual([
      [94, 0, 94],
      [64, 0, 64],
      [14, 0, 14],
      [58, 0, 58],
      [40, 0, 40],
    ])
  })

  it('values stand in their fields, and other systems’ words for a choice are understood', async () => {
    const deal = await find('deals', '006Nq00000BGi8PIAT')
    expect(deal).toMatchObject({
      name: 'salesforce.com - 350 Widgets (Sample)',
      stage: 'Won',
      amount: 35000,
      probability: 100,
      closeDate: '2024-07-29',
      source: 'Purchased List',
      owner: 'user:ada',
    })
  })

  it('what refers to another file refers to the record that came of it', async () => {
    const ticket = await find('tickets', '500Nq00000CBzSfIAL')
    expect(ticket).toMatchObject({
      account: (await find('accounts', '001Nq00000J1MwnIAF')).id,
      contact: (await find('contacts', '003Nq00000MXh2TIAT')).id,
      closedAt: '2024-07-11T21:22:08.000Z',
      status: 'Closed',
    })
  })

  it('columns that no field takes are named', async () => {
    const { unmapped } = await fixture.importPath(ada, {
      module: 'tickets',
      path: testFile('Case.csv'),
      dryRun: true,
      overwrite: true,
    })
    expect(unmapped).toContain('CaseNumber')
    expect(unmapped).toContain('AI_Analysis__c')
    expect(unmapped).not.toContain('Subject')
  })

  it('a second time, nothing goes in twice', async () => {
    const again = await bring('accounts', 'Account.csv')
    expect([again.created, again.updated, again.rejected]).toEqual([0, 0, 94])
    const over = await fixture.importPath(ada, { module: 'accounts', path: testFile('Account.csv'), overwrite: true })
    expect([over.created, over.updated, over.rejected]).toEqual([0, 94, 0])
  })
})
