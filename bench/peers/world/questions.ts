import type { Deal } from './deals.ts'
import { HEAD_ROLE, OLD_AREA, PERSONS, type Person, requirePerson, rolePath, rulesFor } from './organization.ts'
import { pick, type Random, seeded } from './random.ts'

export const ASKED_ACTIONS = ['read', 'update', 'delete'] as const
export type AskedAction = (typeof ASKED_ACTIONS)[number]

export interface Question {
  readonly person: Person
  readonly action: AskedAction
  readonly deal: Deal
}

/** Questions of which about half are answered yes: about owners, their superiors, whom a deal is shared with, and anybody. */
export function makeQuestions(deals: readonly Deal[], many: number): Question[] {
  const random = seeded(7)
  const shared = deals.filter((deal) => deal.shares.length > 0)
  return Array.from({ length: many }, (_, index) => {
    const deal = pick(random, index % 4 === 3 ? shared : deals)
    return { person: pickAsker(random, deal, index % 4), action: pick(random, ASKED_ACTIONS), deal }
  })
}

function pickAsker(random: Random, deal: Deal, kind: number): Person {
  if (kind === 0) return deal.owner
  if (kind === 1) {
    const above = new Set(rolePath(deal.owner.role).slice(1))
    const superiors = PERSONS.filter(({ role }) => role !== undefined && above.has(role))
    return superiors.length > 0 ? pick(random, superiors) : deal.owner
  }
  return (kind === 3 ? deal.shares[0]?.person : undefined) ?? pick(random, PERSONS)
}

/** Whose first page is asked for. */
export interface Readers {
  readonly representative: Person
  readonly manager: Person
  /** Everything below him is old. */
  readonly oldManager: Person
  /** Reaches all by the tree of roles. */
  readonly head: Person
  /** Sees all by his profile. */
  readonly auditor: Person
}

const USUAL_DEALS = 100

export function findReaders(deals: readonly Deal[]): Readers {
  return {
    representative: findRepresentative(deals),
    manager: requirePerson(({ role }) => role === 'region-3'),
    oldManager: requirePerson(({ role }) => role === OLD_AREA),
    head: requirePerson(({ role }) => role === HEAD_ROLE),
    auditor: requirePerson(({ profile }) => profile === 'audit'),
  }
}

/** Who has nearest to a hundred deals, of those whom no rule gives more. */
function findRepresentative(deals: readonly Deal[]): Person {
  const owned = new Map<Person, number>()
  for (const { owner } of deals) owned.set(owner, (owned.get(owner) ?? 0) + 1)
  const old = requirePerson(({ role }) => role === OLD_AREA).role
  const fits = (person: Person) =>
    person.profile === 'sales' && rulesFor(person.role).length === 0 && !rolePath(person.role).includes(old ?? '')
  const distance = (person: Person) => Math.abs((owned.get(person) ?? 0) - USUAL_DEALS)
  const found = [...owned.keys()].filter(fits).sort((a, b) => distance(a) - distance(b))[0]
  if (!found) throw new Error('Nobody owns a deal')
  return found
}
