import type { Key } from '@bailiwick/access'
import { parse } from 'csv-parse/sync'
import { type DemoRecord, keyOf, refer } from './demo-record.ts'
import {
  type AccountRow,
  type DealRow,
  describeWarts,
  mendCountry,
  mendProduct,
  mendSector,
  type ProductRow,
  type TeamRow,
  type Wart,
} from './maven-warts.ts'

/** The texts of the four CSV files. */
export interface MavenFiles {
  readonly accounts: string
  readonly products: string
  readonly pipeline: string
  readonly teams: string
}

export interface MavenCompany {
  readonly products: readonly DemoRecord[]
  readonly accounts: readonly DemoRecord[]
  readonly deals: readonly DemoRecord[]
  readonly warts: readonly Wart[]
}

interface Agents {
  readonly regions: ReadonlyMap<Key, string>
}

const MILLION = 1_000_000
/** What MavenTech reckons with for its two open stages; the files carry no probabilities. */
const PROBABILITY: Readonly<Record<string, number>> = { Prospecting: 10, Engaging: 40, Won: 100, Lost: 0 }
const FORECAST: Readonly<Record<string, string>> = {
  Prospecting: 'Pipeline',
  Engaging: 'Best Case',
  Won: 'Closed',
  Lost: 'Omitted',
}
/** The most expensive machine: an open deal over one is confidential. */
const SECRET_PRODUCT = 'GTK 500'

/**
 * The company of the four files as records with their owners: a deal's agent, and for an account the agent with most deals there.
 * Mends the files' mistakes and reports each. Throws where a row names a product, account or agent that no file has.
 */
export function loadMaven(files: MavenFiles): MavenCompany {
  const teams = readRows<TeamRow>(files.teams)
  const products = readRows<ProductRow>(files.products)
  const accounts = readRows<AccountRow>(files.accounts)
  const pipeline = readRows<DealRow>(files.pipeline)
  const agents: Agents = { regions: new Map(teams.map((row) => [keyOf(row.sales_agent), row.regional_office])) }
  return {
    products: products.map(toProduct),
    accounts: toAccounts(accounts, pipeline, agents),
    deals: toDeals(pipeline, products, new Set(accounts.map((row) => row.account)), agents),
    warts: describeWarts({ teams, accounts, pipeline }),
  }
}

function readRows<Row>(text: string): Row[] {
  return parse<Row>(text, { columns: true, bom: true, skip_empty_lines: true })
}

function toProduct({ product, series, sales_price }: ProductRow): DemoRecord {
  const price = Number(sales_price)
  return {
    externalId: keyOf(product),
    owner: 'user:ada-nilsson',
    values: {
      name: product,
      code: product.toUpperCase().replaceAll(' ', '-'),
      series,
      category: 'Computer hardware',
      price,
      cost: Math.round(price * 0.6),
      unit: 'piece',
      active: true,
      manufacturer: 'MavenTech',
    },
  }
}

function toAccounts(rows: readonly AccountRow[], pipeline: readonly DealRow[], agents: Agents): DemoRecord[] {
  const owners = busiestAgents(pipeline)
  return rows.map((row) => toAccount(row, owners, agents))
}

function toAccount(row: AccountRow, owners: ReadonlyMap<string, Key>, { regions }: Agents): DemoRecord {
  const owner = requireIn(owners, row.account, 'agent of the account')
  return {
    externalId: keyOf(row.account),
    owner: `user:${owner}`,
    values: {
      name: row.account,
      type: 'Customer',
      industry: mendSector(row.sector),
      founded: Number(row.year_established),
      // The file counts revenue in millions of dollars.
      revenue: Math.round(Number(row.revenue) * MILLION),
      employees: Number(row.employees),
      country: mendCountry(row.office_location),
      website: `https://www.${keyOf(row.account)}.example`,
      region: requireIn(regions, owner, 'region of the agent'),
    },
    ...(row.subsidiary_of && { lookups: { parentAccount: refer('accounts', keyOf(row.subsidiary_of)) } }),
  }
}

/** Of each account, the agent with most deals there; of several, the first in the file. */
function busiestAgents(pipeline: readonly DealRow[]): Map<string, Key> {
  const counts = new Map<string, Map<Key, number>>()
  for (const { account, sales_agent } of pipeline) {
    const ofAccount = counts.get(account) ?? new Map<Key, number>()
    counts.set(account, ofAccount.set(keyOf(sales_agent), (ofAccount.get(keyOf(sales_agent)) ?? 0) + 1))
  }
  return new Map([...counts].map(([account, ofAccount]) => [account, mostOf(ofAccount)]))
}

function mostOf(counts: ReadonlyMap<Key, number>): Key {
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0]
}

function toDeals(
  rows: readonly DealRow[],
  products: readonly ProductRow[],
  accounts: ReadonlySet<string>,
  { regions }: Agents,
): DemoRecord[] {
  const prices = new Map(products.map((row) => [row.product, Number(row.sales_price)]))
  return rows.map((row) => {
    requireIn(regions, keyOf(row.sales_agent), 'agent')
    if (row.account && !accounts.has(row.account)) throw new Error(`No file has the account ${row.account}.`)
    return toDeal(row, requireIn(prices, mendProduct(row.product), 'price of the product'))
  })
}

function toDeal(row: DealRow, price: number): DemoRecord {
  const product = mendProduct(row.product)
  const open = row.close_date === ''
  const probability = PROBABILITY[row.deal_stage] ?? 0
  return {
    externalId: row.opportunity_id,
    owner: `user:${keyOf(row.sales_agent)}`,
    confidential: open && product === SECRET_PRODUCT,
    values: {
      name: `${row.account || 'New customer'}: ${product}`,
      stage: row.deal_stage,
      amount: open ? null : Number(row.close_value),
      probability,
      expectedRevenue: open ? (price * probability) / 100 : null,
      forecastCategory: FORECAST[row.deal_stage] ?? null,
      engagedDate: row.engage_date || null,
      closeDate: row.close_date || null,
    },
    lookups: {
      product: refer('products', keyOf(product)),
      ...(row.account && { account: refer('accounts', keyOf(row.account)) }),
    },
  }
}

function requireIn<Value>(map: ReadonlyMap<string, Value>, key: string, noun: string): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`No file has the ${noun} ${key}.`)
  return value
}
