import type { Key } from '@bailiwick/access'
import { ADMINISTRATOR, AUDITOR, makeDocument } from './document.ts'
import type { Ownership } from './ownership.ts'
import type { Person, Staff } from './people.ts'
import type { Shape } from './shape.ts'

/** The people whose requests are measured. */
export const PARTS = {
  administrator: 'administrator (modifies all)',
  viewer: 'sees all by viewAll',
  head: 'head, sees all through roles',
  fifty: 'superior of some fifty roles',
  eight: 'superior of some eight roles',
  manager: 'manager of a hundredth of the records',
  oldManager: 'manager, old records only',
  representative: 'representative',
  writer: 'busy representative',
  scattered: 'representative, 100 scattered old records',
  guest: 'sees only what was shared',
  ruled: 'representative whom most rules by values reach',
} as const
export type Part = keyof typeof PARTS

/** Which user plays each part. */
export type Cast = { readonly [part in Part]: Key }

export function chooseCast(shape: Shape, staff: Staff, ownership: Ownership): Cast {
  const owned = countOwned(staff, ownership.accounts)
  const reached = reachedByRole(staff, owned)
  const superiors = staff.people.filter((person) => person.level > 1 && person.level < 6 && !person.apart)
  const first = (role: Key | undefined) => keyOf(staff.people.find((person) => person.role === role))
  const nearest = (target: number, measure: (person: Person) => number) =>
    keyOf(minimum(superiors, (person) => Math.abs(measure(person) - target)))
  const busy = staff.people
    .filter((person) => person.level === 6 && !person.apart && person.activity === 'active')
    .sort((one, other) => owned.get(one)! - owned.get(other)!)
  return {
    administrator: ADMINISTRATOR,
    viewer: AUDITOR,
    head: first(staff.roleKeys[0]?.[0]),
    fifty: nearest(50, ({ role }) => rolesBelow(staff, role).length),
    eight: nearest(8, ({ role }) => rolesBelow(staff, role).length),
    manager: nearest(shape.accounts / 100, ({ role }) => (role === undefined ? 0 : reached.get(role)!)),
    oldManager: first(staff.special.veteransLead),
    representative: keyOf(busy[Math.floor(busy.length / 2)]),
    writer: keyOf(busy.at(-1)),
    scattered: first(staff.special.partTime),
    guest: first(staff.special.guests),
    ruled: mostRuled(shape, staff),
  }
}

function keyOf(person: Person | undefined): Key {
  if (!person) throw new Error('Nobody plays this part.')
  return person.key
}

function minimum<Item>(items: readonly Item[], measure: (item: Item) => number): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, item) => (best === undefined || measure(item) < measure(best) ? item : best),
    undefined,
  )
}

/** Of the lowest level, who is himself in the groups that most rules by values of accounts are for. */
function mostRuled(shape: Shape, staff: Staff): Key {
  const rules = Object.values(makeDocument(shape, staff).sharingRules ?? {})
  const groups = rules.filter(({ module, when }) => module === 'accounts' && when).flatMap((rule) => rule.with)
  const ruling = (person: Person) =>
    groups.filter((group) => staff.groups[group.slice('group:'.length)]?.members?.includes(`user:${person.key}`)).length
  const candidates = staff.people.filter((person) => person.level === 6 && !person.apart)
  return keyOf(minimum(candidates, (person) => -ruling(person)))
}

function countOwned({ people }: Staff, owners: Int32Array): Map<Person, number> {
  const counts = new Map(people.map((person) => [person, 0]))
  for (const owner of owners) {
    const person = people[owner]
    if (person) counts.set(person, counts.get(person)! + 1)
  }
  return counts
}

/** Every role below this one. */
export function rolesBelow({ roles }: Pick<Staff, 'roles'>, role: Key | undefined): Key[] {
  const children = Object.keys(roles).filter((key) => role !== undefined && roles[key]?.parent === role)
  return children.flatMap((key) => [key, ...rolesBelow({ roles }, key)])
}

/** How many records the people below each role own. */
function reachedByRole(staff: Staff, owned: ReadonlyMap<Person, number>): Map<Key, number> {
  const counts = new Map(Object.keys(staff.roles).map((role) => [role, 0]))
  for (const [person, count] of owned) {
    for (let role = parentOf(staff, person.role); role !== undefined; role = parentOf(staff, role)) {
      counts.set(role, counts.get(role)! + count)
    }
  }
  return counts
}

function parentOf({ roles }: Staff, role: Key | undefined): Key | undefined {
  return role === undefined ? undefined : roles[role]?.parent
}
