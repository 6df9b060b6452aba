import { addDays, type OwnerRef } from '@bailiwick/access'
import { type DemoRecord, refer } from '../demo-record.ts'
import { type DemoCompany, findContact, textOf } from './demo-company.ts'
import { chance, pick, pickBetween } from './pick.ts'

interface Story {
  readonly type: 'Question' | 'Problem' | 'Incident' | 'Request' | 'Feedback' | 'Complaint'
  readonly subject: string
  readonly description: string
  readonly resolution: string
}

const STORIES: readonly Story[] = [
  {
    type: 'Problem',
    subject: 'fan is loud under load',
    description: 'Since last week the rear fan runs at full speed as soon as two jobs run at once.',
    resolution: 'Fan replaced under warranty.',
  },
  {
    type: 'Problem',
    subject: 'does not start after the power cut',
    description: 'The unit stays dark. The power supply beside it came back by itself.',
    resolution: 'Fuse of the power supply replaced on site.',
  },
  {
    type: 'Incident',
    subject: 'lost its network connection twice today',
    description: 'Both times for about four minutes. Nothing in our switch log.',
    resolution: 'Firmware updated; no further drops in three days.',
  },
  {
    type: 'Question',
    subject: 'which memory modules fit',
    description: 'We would like to double the memory before the end of the quarter.',
    resolution: 'Sent the list of tested modules.',
  },
  {
    type: 'Request',
    subject: 'second licence key for the spare unit',
    description: 'The spare is meant to take over when the first one is in repair.',
    resolution: 'Key issued and sent by post.',
  },
  {
    type: 'Request',
    subject: 'move to the new office',
    description: 'We move on the last weekend of the month and need somebody to take down and set up.',
    resolution: 'Moved and tested with the customer.',
  },
  {
    type: 'Feedback',
    subject: 'delivery was quick and well packed',
    description: 'Two days earlier than promised. Please pass this on to the people in shipping.',
    resolution: 'Passed on.',
  },
  {
    type: 'Feedback',
    subject: 'the manual should show the ports from behind',
    description: 'Our technicians guess every time. A picture would do.',
    resolution: 'Suggested to product management.',
  },
  {
    type: 'Complaint',
    subject: 'invoice came before the goods',
    description: 'For the second time. Our accounting department is not amused.',
    resolution: 'Apologized; payment term counts from delivery.',
  },
]
const ORIGINS = ['Phone', 'Email', 'Web', 'Chat'] as const
const AGENTS: readonly OwnerRef[] = ['user:pekka-salonen', 'user:amina-yusuf', 'user:ravi-menon', 'user:kim-aalto']
const OPEN = ['New', 'Open', 'Working', 'Waiting', 'Escalated'] as const
const PER_ACCOUNT = 2

/** Two tickets of each account about machines that it bought. New ones lie in the support team's queue. */
export function sampleTickets(company: DemoCompany): DemoRecord[] {
  return company.accounts.flatMap((account) =>
    Array.from({ length: PER_ACCOUNT }, (_, index) => toTicket(company, account, index)),
  )
}

function toTicket(company: DemoCompany, account: DemoRecord, index: number): DemoRecord {
  const externalId = `ticket-${account.externalId}-${index + 1}`
  const story = pick(STORIES, externalId)
  const product = pick(company.products, `${externalId} product`)
  const status = chance(45, `${externalId} done`) ? 'Closed' : pick(OPEN, `${externalId} status`)
  const contact = findContact(company, account.externalId)
  return {
    externalId,
    owner: status === 'New' || status === 'Open' ? 'team:support' : pick(AGENTS, `${externalId} agent`),
    values: {
      subject: `${textOf(product, 'name')}: ${story.subject}`,
      description: story.description,
      type: story.type,
      status,
      priority: priorityOf(status, externalId),
      origin: pick(ORIGINS, externalId),
      escalated: status === 'Escalated',
      contactEmail: contact ? textOf(contact, 'email') : null,
      contactPhone: contact ? textOf(contact, 'phone') : null,
      ...(status === 'Closed' ? closed(company.today, externalId, story) : due(company.today, externalId)),
    },
    lookups: {
      account: refer('accounts', account.externalId),
      product: refer('products', product.externalId),
      ...(contact && { contact: refer('contacts', contact.externalId) }),
    },
  }
}

function priorityOf(status: string, externalId: string): string {
  if (status === 'Escalated') return 'Urgent'
  return pick(['Low', 'Medium', 'Medium', 'High', 'Urgent'], `${externalId} priority`)
}

function closed(today: string, externalId: string, story: Story) {
  return {
    resolution: story.resolution,
    satisfaction: pickBetween(story.type === 'Complaint' ? 1 : 3, 5, `${externalId} satisfaction`),
    closedAt: `${addDays(today, -pickBetween(1, 90, externalId))}T15:30:00.000Z`,
  }
}

function due(today: string, externalId: string) {
  return { dueAt: `${addDays(today, pickBetween(-2, 10, externalId))}T21:00:00.000Z` }
}
