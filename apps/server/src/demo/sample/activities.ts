import { addDays } from '@bailiwick/access'
import { type DemoRecord, refer } from '../demo-record.ts'
import { type DemoCompany, findContact, textOf } from './demo-company.ts'
import { pick, pickBetween } from './pick.ts'

const PER_AGENT = 8

/** What there is to do about an open deal: type, beginning of the subject, outcome once it is done. */
const STEPS = [
  ['Call', 'Call about', 'Interested; wants figures by Friday.'],
  ['Meeting', 'Meet the buyers of', 'They want a test unit first.'],
  ['E-mail', 'Send the data sheet for', 'Sent, and read the same day.'],
  ['Task', 'Prepare a quote for', 'Quote sent.'],
  ['Visit', 'Look at the server room of', 'Enough room and power for two.'],
] as const

/** The next and last steps on each agent's latest open deals that have a customer. */
export function sampleActivities(company: DemoCompany): DemoRecord[] {
  const counts = new Map<string, number>()
  const latest = company.deals.filter((deal) => isOpen(deal) && deal.lookups?.account).reverse()
  return latest
    .filter(({ owner }) => {
      counts.set(owner, (counts.get(owner) ?? 0) + 1)
      return (counts.get(owner) ?? 0) <= PER_AGENT
    })
    .map((deal) => toActivity(company, deal))
}

function isOpen(deal: DemoRecord): boolean {
  return deal.values.closeDate === null && deal.confidential !== true
}

function toActivity(company: DemoCompany, deal: DemoRecord): DemoRecord {
  const externalId = `activity-${deal.externalId}`
  const [type, verb, outcome] = pick(STEPS, externalId)
  const days = pickBetween(-15, 20, `${externalId} day`)
  const done = days < 0
  const account = deal.lookups?.account
  const contact = findContact(company, account?.externalId)
  return {
    externalId,
    owner: deal.owner,
    values: {
      subject: `${verb} ${textOf(deal, 'name')}`,
      type,
      status: done ? 'Completed' : 'Planned',
      priority: pick(['Low', 'Medium', 'Medium', 'High'], externalId),
      dueDate: addDays(company.today, days),
      outcome: done ? outcome : null,
      completedAt: done ? `${addDays(company.today, days)}T20:00:00.000Z` : null,
    },
    lookups: {
      deal: refer('deals', deal.externalId),
      ...(account && { account }),
      ...(contact && { contact: refer('contacts', contact.externalId) }),
    },
  }
}
