import { describe, expect, it } from 'vitest'
import { readMavenFiles } from './demo-files.ts'
import type { DemoRecord } from './demo-record.ts'
import { loadMaven } from './load-maven.ts'

const files = readMavenFiles()
const company = loadMaven(files)

function find(records: readonly DemoRecord[], externalId: string): DemoRecord | undefined {
  return records.find((record) => record.externalId === externalId)
}

describe('the company of the Maven files', () => {
  it('is whole', () => {
    expect(company.products).toHaveLength(7)
    expect(company.accounts).toHaveLength(85)
    expect(company.deals).toHaveLength(8800)
    expect(new Set(company.deals.map((deal) => deal.externalId)).size).toBe(8800)
  })

  it('keeps every dollar that was won', () => {
    const won = company.deals.filter((deal) => deal.values.stage === 'Won')
    expect(won).toHaveLength(4238)
    expect(won.reduce((sum, deal) => sum + Number(deal.values.amount), 0)).toBe(10_005_534)
  })

  it('reports and mends the warts', () => {
    expect(company.warts.map(({ wart, rows }) => [wart, rows])).toEqual([
      ['a product is written GTXPro', 1480],
      ['a sector is written technolgy', 12],
      ['a country is written Philipines', 1],
      ['a deal has no account', 1425],
      ['an open deal has no close date and no value', 2089],
      ['a deal has no date of engagement', 500],
      ['an agent has no deals', 5],
    ])
    expect(find(company.deals, 'Z063OYW0')).toMatchObject({
      owner: 'user:darcel-schlecht',
      values: { name: 'Isdom: GTX Pro', stage: 'Won', amount: 4514, closeDate: '2017-03-11' },
      lookups: {
        product: { module: 'products', externalId: 'gtx-pro' },
        account: { module: 'accounts', externalId: 'isdom' },
      },
    })
    expect(company.accounts.filter((account) => account.values.industry === 'Technology')).toHaveLength(12)
  })

  it('gives an account to the agent with most deals there, in his region', () => {
    const cancity = find(company.accounts, 'cancity')
    const ofCancity = company.deals.filter((deal) => deal.lookups?.account?.externalId === 'cancity')
    const deals = (owner: string) => ofCancity.filter((deal) => deal.owner === owner).length
    for (const { owner } of ofCancity) expect(deals(cancity?.owner ?? '')).toBeGreaterThanOrEqual(deals(owner))
    expect(['Central', 'East', 'West']).toContain(cancity?.values.region)
  })

  it('keeps subsidiaries under their parents', () => {
    expect(find(company.accounts, 'codehow')?.lookups?.parentAccount).toEqual({
      module: 'accounts',
      externalId: 'acme-corporation',
    })
    expect(company.accounts.filter((account) => account.lookups?.parentAccount)).toHaveLength(15)
  })

  it('leaves open deals without an amount, and makes those over a GTK 500 confidential', () => {
    const open = company.deals.filter((deal) => deal.values.closeDate === null)
    expect(open).toHaveLength(2089)
    expect(open.every((deal) => deal.values.amount === null && Number(deal.values.expectedRevenue) > 0)).toBe(true)
    const confidential = company.deals.filter((deal) => deal.confidential)
    expect(confidential).toHaveLength(15)
    expect(confidential.every((deal) => deal.lookups?.product?.externalId === 'gtk-500')).toBe(true)
  })

  it('refuses a deal that names what no file has', () => {
    const header = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n'
    const deal = (row: string) => () => loadMaven({ ...files, pipeline: `${files.pipeline}${row}\n` })
    expect(files.pipeline.replace(/\r/g, '').startsWith(header)).toBe(true)
    expect(deal('X1,Nobody Known,GTX Pro,Cancity,Won,2017-01-01,2017-02-01,5')).toThrow('the agent nobody-known')
    expect(deal('X1,Moses Frase,GTX Max,Cancity,Won,2017-01-01,2017-02-01,5')).toThrow(
      'the price of the product GTX Max',
    )
    expect(deal('X1,Moses Frase,GTX Pro,Nowhere,Won,2017-01-01,2017-02-01,5')).toThrow('the account Nowhere')
  })
})
