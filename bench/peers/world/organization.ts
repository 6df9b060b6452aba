import type { Action } from '@bailiwick/access'

/**
 * The organization that every peer is given: 1,000 people in 50 roles four deep, sharing rules, a restriction, groups. Everything about a
 * person follows from who he is, his role and his profile, so that each peer can say it in its own words.
 */
export type ProfileKey = 'sales' | 'management' | 'audit'

export interface Person {
  /** His place in `PERSONS`. */
  readonly index: number
  readonly key: string
  /** For peers whose people have ids. */
  readonly id: string
  readonly role?: string
  readonly profile: ProfileKey
}

export interface Role {
  readonly key: string
  readonly parent?: string
}

export type RuleLevel = 'read' | 'edit'

export interface Rule {
  readonly key: string
  /** `role:<key>` or `role+:<key>`. */
  readonly ownedBy?: string
  readonly stage?: string
  readonly amountFrom?: number
  /** `role:<key>`, `role+:<key>` or `group:<key>`. */
  readonly with: string
  readonly level: RuleLevel
}

/** Deals in these stages are read-only, but for the head. */
export const CLOSED_STAGES: readonly string[] = ['Won', 'Lost']

/** What a profile lets its holders do with deals; the auditors' one also shows all of them. */
export const PROFILE_ACTIONS: { readonly [profile in ProfileKey]: readonly Action[] } = {
  sales: ['create', 'read', 'update', 'comment'],
  management: ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer'],
  audit: ['read'],
}

export const GROUPS: { readonly [group: string]: readonly string[] } = {
  'deal-desk': ['role:rep-7', 'role+:area-2'],
  pricing: ['group:deal-desk', 'role:area-6'],
}

export const RULES: readonly Rule[] = [
  { key: 'reps-3-for-4', ownedBy: 'role:rep-3', with: 'role:rep-4', level: 'read' },
  { key: 'reps-5-for-6', ownedBy: 'role:rep-5', with: 'role:rep-6', level: 'edit' },
  { key: 'reps-9-for-10', ownedBy: 'role:rep-9', with: 'role:rep-10', level: 'read' },
  { key: 'reps-11-for-12', ownedBy: 'role:rep-11', with: 'role:rep-12', level: 'edit' },
  { key: 'region-1-for-area-9', ownedBy: 'role+:region-1', with: 'role+:area-9', level: 'read' },
  { key: 'area-2-for-area-5', ownedBy: 'role+:area-2', with: 'role:area-5', level: 'edit' },
  { key: 'large-for-the-desk', amountFrom: 95_000, with: 'group:deal-desk', level: 'read' },
  { key: 'negotiations-for-pricing', stage: 'Negotiation', with: 'group:pricing', level: 'edit' },
  { key: 'large-of-region-2', ownedBy: 'role+:region-2', amountFrom: 80_000, with: 'role:area-1', level: 'read' },
  { key: 'late-of-region-4', ownedBy: 'role+:region-4', stage: 'Proposal', with: 'role:rep-21', level: 'edit' },
]

const REGIONS = 4
const AREAS = 15
const TEAMS = 30
const PEOPLE = 1_000
const PER_REGION = 2
const PER_AREA = 3

export const HEAD_ROLE = 'ceo'

export const ROLES: readonly Role[] = [
  { key: HEAD_ROLE },
  ...count(REGIONS, (index) => ({ key: `region-${index + 1}`, parent: HEAD_ROLE })),
  ...count(AREAS, (index) => ({ key: `area-${index + 1}`, parent: `region-${(index % REGIONS) + 1}` })),
  ...count(TEAMS, (index) => ({ key: `rep-${index + 1}`, parent: `area-${(index % AREAS) + 1}` })),
]

export const PARENTS: ReadonlyMap<string, string | undefined> = new Map(ROLES.map(({ key, parent }) => [key, parent]))

/** Reach nothing but what is old: the people below this role got no deal for a long time. */
export const OLD_AREA = 'area-14'

export const PERSONS: readonly Person[] = makePeople()

function makePeople(): Person[] {
  const seats = ROLES.flatMap(({ key }) => count(seatsOf(key), () => key))
  return count(PEOPLE, (index) => {
    const base = { index, key: `p${index}`, id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` }
    if (index === PEOPLE - 1) return { ...base, profile: 'audit' }
    const role = seats[index] ?? `rep-${(index % TEAMS) + 1}`
    return { ...base, role, profile: role.startsWith('rep-') ? 'sales' : 'management' }
  })
}

function seatsOf(role: string): number {
  if (role === HEAD_ROLE) return 1
  return role.startsWith('region-') ? PER_REGION : role.startsWith('area-') ? PER_AREA : 0
}

/** A role and every role above it, nearest first. */
export function rolePath(role: string | undefined): string[] {
  const path: string[] = []
  for (let at = role; at !== undefined; at = PARENTS.get(at)) path.push(at)
  return path
}

const BELOW: ReadonlyMap<string, readonly string[]> = new Map(
  ROLES.map(({ key }) => [key, ROLES.filter((role) => rolePath(role.parent).includes(key)).map((role) => role.key)]),
)

export const rolesBelow = (role: string | undefined): readonly string[] => BELOW.get(role ?? '') ?? []

/** The roles whose people a principal contains. */
export function rolesIn(principal: string): ReadonlySet<string> {
  const key = principal.slice(principal.indexOf(':') + 1)
  if (principal.startsWith('role:')) return new Set([key])
  if (principal.startsWith('role+:')) return new Set([key, ...rolesBelow(key)])
  return new Set((GROUPS[key] ?? []).flatMap((member) => [...rolesIn(member)]))
}

/** The rules that give something to people of a role. */
export function rulesFor(role: string | undefined): Rule[] {
  return role === undefined ? [] : RULES.filter((rule) => rolesIn(rule.with).has(role))
}

export function requirePerson(fits: (person: Person) => boolean): Person {
  const person = PERSONS.find(fits)
  if (!person) throw new Error('The organization has no such person')
  return person
}

function count<Item>(many: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: many }, (_, index) => make(index))
}
