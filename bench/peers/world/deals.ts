import { OLD_AREA, PERSONS, type Person, ROLES, rolesIn } from './organization.ts'
import { below, pick, type Random, seeded } from './random.ts'

export interface Share {
  /** Either a person, */
  readonly person?: Person
  /** or everybody of a role. */
  readonly role?: string
  readonly level: 'read' | 'edit'
}

export interface Deal {
  /** Its place among all, oldest first. */
  readonly index: number
  readonly id: string
  readonly name: string
  readonly stage: string
  readonly amount: number
  readonly owner: Person
  readonly confidential: boolean
  /** ISO 8601; no two deals have the same. */
  readonly updatedAt: string
  readonly shares: readonly Share[]
}

const SEED = 20_260_301
const FIRST = Date.parse('2026-01-01T00:00:00Z')
const APART = 60_000
/** The share of the deals, the oldest, that people with old deals only have theirs in. */
const OLD_PART = 0.2
const STAGES = ['Prospecting', 'Qualification', 'Engaging', 'Proposal', 'Negotiation', 'Won', 'Lost'] as const
const WORDS = ['Pumps', 'Valves', 'Service', 'Licences', 'Training', 'Spare parts', 'Retrofit', 'Audit'] as const

/** Oldest first, the same on every machine: owners as skewed as in life, 2 % confidential, 1 % shared by hand. */
export function makeDeals(many: number): Deal[] {
  const random = seeded(SEED)
  const owners = PERSONS.filter((person) => person.profile !== 'audit')
  const old = rolesIn(`role+:${OLD_AREA}`)
  return Array.from({ length: many }, (_, index) => {
    const owner = pickOwner(random, owners, index > many * OLD_PART ? old : new Set())
    return makeDeal(random, index, owner)
  })
}

function pickOwner(random: Random, owners: readonly Person[], without: ReadonlySet<string>): Person {
  for (;;) {
    const owner = owners[owners.length - 1 - Math.floor(owners.length * random() ** 1.6)]
    if (owner && !without.has(owner.role ?? '')) return owner
  }
}

function makeDeal(random: Random, index: number, owner: Person): Deal {
  return {
    index,
    id: `01940000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
    name: `${pick(random, WORDS)} ${index}`,
    stage: pick(random, STAGES),
    amount: 100 + below(random, 100_000),
    owner,
    confidential: random() < 0.02,
    updatedAt: new Date(FIRST + index * APART).toISOString(),
    shares: random() < 0.01 ? makeShares(random) : [],
  }
}

function makeShares(random: Random): Share[] {
  const level = random() < 0.5 ? 'read' : 'edit'
  const first: Share = { person: pick(random, PERSONS.slice(0, -1)), level }
  return random() < 0.3 ? [first, { role: pick(random, ROLES).key, level: 'read' }] : [first]
}
