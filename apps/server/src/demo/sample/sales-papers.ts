import { addDays } from '@bailiwick/access'
import { type DemoLine, type DemoRecord, refer } from '../demo-record.ts'
import { type DemoCompany, findContact, textOf } from './demo-company.ts'
import { chance, pick, pickBetween } from './pick.ts'

const QUOTES = 150
const ORDERS = 200
const INSTALLATIONS = 90
const TAX = 0.08
const CURRENCY = 'USD'
/** The last day that the company's files know. */
const END_OF_FILES = '2017-12-31'

/** Quotes for open deals that have a customer, at list price less a discount. */
export function sampleQuotes(company: DemoCompany): DemoRecord[] {
  const open = company.deals.filter((deal) => deal.values.stage === 'Engaging' && deal.lookups?.account)
  return open.slice(-QUOTES).map((deal) => {
    const discount = pick([0, 0, 5, 10, 15], `${deal.externalId} discount`)
    const lines = linesOf(company, deal, discount)
    const sums = sumsOf(lines)
    const issuedDate = addDays(textOf(deal, 'engagedDate'), pickBetween(2, 20, deal.externalId))
    return {
      externalId: `quote-${deal.externalId}`,
      owner: deal.owner,
      confidential: deal.confidential,
      values: {
        name: `Quote for ${textOf(deal, 'name')}`,
        status: pick(['Draft', 'In Review', 'Sent', 'Sent', 'Expired'], `${deal.externalId} quote`),
        ...sums,
        currency: CURRENCY,
        quantity: 1,
        issuedDate,
        validUntil: addDays(issuedDate, 30),
        paymentTerms: '30 days net',
      },
      lookups: { ...paperLookups(company, deal) },
      lines,
    }
  })
}

/** The machine itself, and for every third customer somebody to set it up. */
function linesOf(company: DemoCompany, deal: DemoRecord, discountPercent: number): DemoLine[] {
  const product = deal.lookups?.product
  const name = textOf(deal, 'name').replace(/^.*: /, '')
  const machine = { name, quantity: 1, unitPrice: priceOf(company, deal), discountPercent, taxPercent: TAX * 100 }
  const service = {
    name: 'Installation on site',
    quantity: 3,
    unitPrice: 95,
    discountPercent: 0,
    taxPercent: TAX * 100,
  }
  return [{ ...machine, ...(product && { product }) }, ...(chance(33, `${deal.externalId} service`) ? [service] : [])]
}

/** As the program sums lines up: each step of each line is rounded to the cent. Whole cents, so that halves are halves. */
function sumsOf(lines: readonly DemoLine[]) {
  const inCents = lines.map(({ quantity, unitPrice, discountPercent, taxPercent }) => {
    const subtotal = Math.round(quantity * unitPrice * 100)
    const discount = Math.round((subtotal * discountPercent) / 100)
    return { subtotal, discount, tax: Math.round(((subtotal - discount) * taxPercent) / 100) }
  })
  const sum = (key: 'subtotal' | 'discount' | 'tax') => inCents.reduce((total, line) => total + line[key], 0)
  const [subtotal, discount, tax] = [sum('subtotal'), sum('discount'), sum('tax')]
  const percent = subtotal === 0 ? 0 : Math.round((discount * 1_000_000) / subtotal) / 10_000
  return { amount: (subtotal - discount) / 100, discount: percent, tax: tax / 100 }
}

/** Orders of the deals that were won last. */
export function sampleOrders(company: DemoCompany): DemoRecord[] {
  return latestWon(company)
    .slice(0, ORDERS)
    .map((deal) => {
      const amount = Number(deal.values.amount)
      const orderDate = textOf(deal, 'closeDate')
      return {
        externalId: `order-${deal.externalId}`,
        owner: deal.owner,
        values: {
          name: `Order of ${textOf(deal, 'name')}`,
          status: statusOf(orderDate, deal.externalId),
          amount,
          currency: CURRENCY,
          tax: cents(amount * TAX),
          quantity: 1,
          orderDate,
          deliveryDate: addDays(orderDate, pickBetween(3, 21, deal.externalId)),
          customerReference: `PO-${pickBetween(10_000, 99_999, deal.externalId)}`,
          paymentTerms: '30 days net',
        },
        lookups: { ...paperLookups(company, deal) },
      }
    })
}

/** Machines at customers', sold some time ago: one of each of the dearer products that a customer bought. */
export function sampleInstallations(company: DemoCompany): DemoRecord[] {
  const dear = latestWon(company).filter((deal) => Number(deal.values.amount) > 3000)
  return dear.slice(-INSTALLATIONS).map((deal) => ({
    externalId: `machine-${deal.externalId}`,
    owner: deal.owner,
    values: {
      name: textOf(deal, 'name').replace(/^(.*): (.*)$/, '$2 at $1'),
      status: chance(85, deal.externalId) ? 'Running' : pick(['Under repair', 'Retired'], deal.externalId),
      installedOn: addDays(textOf(deal, 'closeDate'), pickBetween(10, 40, deal.externalId)),
      showcase: chance(8, `${deal.externalId} showcase`),
      licenceKey: licenceKeyOf(deal.externalId),
    },
    lookups: withoutEmpty({ account: deal.lookups?.account, product: deal.lookups?.product }),
  }))
}

function latestWon({ deals }: DemoCompany): DemoRecord[] {
  const won = deals.filter((deal) => deal.values.stage === 'Won' && deal.lookups?.account)
  return won.sort(
    (a, b) => compare(textOf(b, 'closeDate'), textOf(a, 'closeDate')) || compare(a.externalId, b.externalId),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function paperLookups(company: DemoCompany, deal: DemoRecord) {
  const account = deal.lookups?.account
  const contact = findContact(company, account?.externalId)
  return withoutEmpty({
    deal: refer('deals', deal.externalId),
    account,
    product: deal.lookups?.product,
    contact: contact && refer('contacts', contact.externalId),
  })
}

function withoutEmpty<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const kept = Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  return Object.fromEntries(kept)
}

function priceOf({ products }: DemoCompany, deal: DemoRecord): number {
  const product = products.find(({ externalId }) => externalId === deal.lookups?.product?.externalId)
  return Number(product?.values.price ?? 0)
}

function statusOf(orderDate: string, text: string): string {
  if (orderDate < addDays(END_OF_FILES, -14)) return chance(90, text) ? 'Paid' : 'Invoiced'
  return pick(['Confirmed', 'In Production', 'Shipped', 'Delivered'], `${text} order`)
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100
}

function licenceKeyOf(text: string): string {
  const block = (part: string) => pickBetween(0x10000, 0xfffff, `${text} ${part}`).toString(16).toUpperCase()
  return `${block('a')}-${block('b')}-${block('c')}`
}
