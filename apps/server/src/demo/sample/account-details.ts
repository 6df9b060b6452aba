import type { DemoRecord } from '../demo-record.ts'
import { pick, pickBetween } from './pick.ts'

const CITIES = [
  ['Chicago', 'IL', '60601'],
  ['Boston', 'MA', '02108'],
  ['Denver', 'CO', '80202'],
  ['Atlanta', 'GA', '30303'],
  ['Seattle', 'WA', '98101'],
  ['Austin', 'TX', '78701'],
  ['Columbus', 'OH', '43215'],
  ['Phoenix', 'AZ', '85004'],
] as const
const STREETS = [
  'Market Street',
  'Lake Avenue',
  'Commerce Drive',
  'Foundry Road',
  'Station Street',
  'Harbor Way',
] as const

/** Adds what the files don't tell of a customer: how to reach and to bill him, and how far he is trusted. */
export function withDetails(account: DemoRecord): DemoRecord {
  const { externalId, values } = account
  return {
    ...account,
    values: {
      ...values,
      phone: phoneOf(externalId),
      email: `office@${externalId}.example`,
      accountNumber: `C-${pickBetween(10_000, 99_999, `${externalId} number`)}`,
      creditLimit: creditLimitOf(Number(values.revenue)),
      bankAccount: bankAccountOf(externalId),
      billingStreet: `${pickBetween(1, 980, `${externalId} street`)} ${pick(STREETS, externalId)}`,
      ...cityOf(externalId, String(values.country)),
    },
  }
}

/** Numbers from 555-0100 to 555-0199 are kept free for stories. */
export function phoneOf(text: string): string {
  return `+1 ${pickBetween(201, 989, `${text} area`)} 555 ${pickBetween(100, 199, `${text} phone`).toString().padStart(4, '0')}`
}

/** A thousandth of the yearly revenue, in steps of five thousand. */
function creditLimitOf(revenue: number): number {
  return Math.max(5000, Math.round(revenue / 1000 / 5000) * 5000)
}

function bankAccountOf(text: string): string {
  return `${pickBetween(1000, 9999, `${text} bank`)} ${pickBetween(1000, 9999, `${text} branch`)} ${pickBetween(1000, 9999, `${text} account`)}`
}

function cityOf(text: string, country: string): DemoRecord['values'] {
  if (country !== 'United States') return { billingCountry: country }
  const [billingCity, billingState, billingPostalCode] = pick(CITIES, `${text} city`)
  return { billingCity, billingState, billingPostalCode, billingCountry: country }
}
