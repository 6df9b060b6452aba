import { addDays } from '@bailiwick/access'
import { type DemoRecord, keyOf, refer } from '../demo-record.ts'
import { phoneOf } from './account-details.ts'
import { textOf } from './demo-company.ts'
import { personOf } from './people-names.ts'
import { chance, pick, pickBetween } from './pick.ts'

/** He left; the people whom he looked after in the East are still his. */
const LEAVER = 'user:hugo-marchetti'
const JOBS = [
  ['Head of procurement', 'Procurement'],
  ['IT manager', 'IT'],
  ['Chief financial officer', 'Finance'],
  ['Operations director', 'Operations'],
  ['Infrastructure engineer', 'IT'],
  ['Office manager', 'Administration'],
] as const
const SOURCES = ['Website', 'Trade Show', 'Employee Referral', 'Webinar', 'Partner'] as const

/** One to three people at each account, looked after by its owner. */
export function sampleContacts(accounts: readonly DemoRecord[]): DemoRecord[] {
  return accounts.flatMap((account) => {
    const people = pickBetween(1, 3, `${account.externalId} people`)
    return Array.from({ length: people }, (_, index) => toContact(account, index))
  })
}

function toContact(account: DemoRecord, index: number): DemoRecord {
  const externalId = `${account.externalId}-${index + 1}`
  const person = personOf(externalId)
  const [jobTitle, department] = pick(JOBS, `${externalId} job`)
  return {
    externalId,
    owner: isLeavers(account, index) ? LEAVER : account.owner,
    values: {
      ...person,
      jobTitle,
      department,
      email: `${keyOf(person.firstName)}.${keyOf(person.lastName)}@${account.externalId}.example`,
      phone: phoneOf(externalId),
      mobile: phoneOf(`${externalId} mobile`),
      homePhone: chance(30, externalId) ? phoneOf(`${externalId} home`) : null,
      birthdate: addDays('1960-01-01', pickBetween(0, 14_000, `${externalId} birth`)),
      source: pick(SOURCES, externalId),
      mailingCity: textOf(account, 'billingCity') || null,
      mailingCountry: textOf(account, 'country'),
    },
    lookups: { account: refer('accounts', account.externalId) },
  }
}

function isLeavers(account: DemoRecord, index: number): boolean {
  return account.values.region === 'East' && index > 0
}
