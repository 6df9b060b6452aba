/** The mistakes of the company's files: how each is mended, and the report of them. */

export interface AccountRow {
  readonly account: string
  readonly sector: string
  readonly year_established: string
  readonly revenue: string
  readonly employees: string
  readonly office_location: string
  readonly subsidiary_of: string
}

export interface ProductRow {
  readonly product: string
  readonly series: string
  readonly sales_price: string
}

export interface DealRow {
  readonly opportunity_id: string
  readonly sales_agent: string
  readonly product: string
  readonly account: string
  readonly deal_stage: string
  readonly engage_date: string
  readonly close_date: string
  readonly close_value: string
}

export interface TeamRow {
  readonly sales_agent: string
  readonly manager: string
  readonly regional_office: string
}

export interface Wart {
  readonly wart: string
  /** How many rows have it. */
  readonly rows: number
  /** A sentence: what was done about it. */
  readonly handled: string
}

const PRODUCTS: Readonly<Record<string, string>> = { GTXPro: 'GTX Pro' }
const SECTORS: Readonly<Record<string, string>> = { technolgy: 'technology' }
const COUNTRIES: Readonly<Record<string, string>> = { Philipines: 'Philippines' }

export function mendProduct(product: string): string {
  return PRODUCTS[product] ?? product
}

/** Sectors are lower-case words in the file. */
export function mendSector(sector: string): string {
  const mended = SECTORS[sector] ?? sector
  return mended.charAt(0).toUpperCase() + mended.slice(1)
}

export function mendCountry(country: string): string {
  return COUNTRIES[country] ?? country
}

interface Files {
  readonly teams: readonly TeamRow[]
  readonly accounts: readonly AccountRow[]
  readonly pipeline: readonly DealRow[]
}

/** Every kind of mistake that the files have, with its number of rows. */
export function describeWarts({ teams, accounts, pipeline }: Files): Wart[] {
  const selling = new Set(pipeline.map((row) => row.sales_agent))
  const idle = teams.map((row) => row.sales_agent).filter((agent) => !selling.has(agent))
  const count = <Row>(rows: readonly Row[], has: (row: Row) => boolean) => rows.filter(has).length
  const warts: Wart[] = [
    {
      wart: 'a product is written GTXPro',
      rows: count(pipeline, (row) => row.product in PRODUCTS),
      handled: 'Read as GTX Pro.',
    },
    {
      wart: 'a sector is written technolgy',
      rows: count(accounts, (row) => row.sector in SECTORS),
      handled: 'Read as Technology.',
    },
    {
      wart: 'a country is written Philipines',
      rows: count(accounts, (row) => row.office_location in COUNTRIES),
      handled: 'Read as Philippines.',
    },
    {
      wart: 'a deal has no account',
      rows: count(pipeline, (row) => row.account === ''),
      handled: 'Kept without one, named "New customer".',
    },
    {
      wart: 'an open deal has no close date and no value',
      rows: count(pipeline, (row) => row.close_date === ''),
      handled: "Left empty; the expected revenue is the product's price by the stage's probability.",
    },
    {
      wart: 'a deal has no date of engagement',
      rows: count(pipeline, (row) => row.engage_date === ''),
      handled: 'Left empty: nobody has engaged yet.',
    },
    { wart: 'an agent has no deals', rows: idle.length, handled: `Kept as people: ${idle.join(', ')}.` },
  ]
  return warts.filter((wart) => wart.rows > 0)
}
