import type { GroupDefinition, Key, RoleDefinition, TeamDefinition, UserDefinition } from '@bailiwick/access'
import { createRandom, type Random, shuffled } from './random.ts'
import type { Shape } from './shape.ts'

/** How much somebody has to do with records: some own none, some only old ones. */
export type Activity = 'active' | 'old' | 'none'

export interface Person {
  readonly key: Key
  readonly role?: Key
  /** 1 is the top of the role tree, 6 the lowest; 0 outside it. */
  readonly level: number
  readonly activity: Activity
  /** Not matched by teams, groups, rules or shares, so that what he reaches stays what his part says. */
  readonly apart: boolean
}

export interface Staff {
  readonly people: readonly Person[]
  readonly roles: Readonly<Record<Key, RoleDefinition>>
  readonly roleKeys: readonly (readonly Key[])[]
  readonly teams: Readonly<Record<Key, TeamDefinition>>
  readonly groups: Readonly<Record<Key, GroupDefinition>>
  /** Roles whose people have a part of their own. */
  readonly special: SpecialRoles
}

export interface SpecialRoles {
  /** A thousand people (of ten thousand) in one role. */
  readonly fieldSales: Key
  /** Its people have only old records; `veteransLead` is the role above. */
  readonly veterans: readonly Key[]
  readonly veteransLead: Key
  /** The one with scattered old records. */
  readonly partTime: Key
  /** They own nothing, and see what was shared with them. */
  readonly guests: Key
}

/** People in a role of each level, the lowest aside: it takes the rest. */
const PEOPLE_PER_ROLE = [2, 3, 5, 8, 12]
const GUESTS = 5
const PART_TIMERS = 5
const REGIONS = ['EMEA', 'APAC', 'NA', 'LATAM', 'Nordics', 'DACH']
const OLD = 0.12
const IDLE = 0.1
const BUSY_SUPERIORS = 0.3

/** The whole staff: users in roles six deep, teams and groups. */
export function makeStaff(shape: Shape): Staff {
  const random = createRandom(shape.seed)
  const roleKeys = shape.roles.map((count, level) =>
    Array.from({ length: count }, (_one, index) => `l${level + 1}r${index}`),
  )
  const roles = Object.fromEntries(
    roleKeys.flatMap((keys, level) => keys.map((key, index) => [key, roleAt(roleKeys, level, index, random)])),
  )
  const special = specialRoles(roleKeys, roles)
  const people = numbered([...superiors(roleKeys, special, random), ...lowest(shape, roleKeys, special, random)])
  const common = people.filter((person) => !person.apart && person.level >= 4)
  const teams = makeTeams(shape, common, random)
  return {
    people,
    roles,
    roleKeys,
    teams,
    groups: makeGroups(shape, common, roleKeys, teams, special, random),
    special,
  }
}

function roleAt(roleKeys: readonly (readonly Key[])[], level: number, index: number, random: Random): RoleDefinition {
  const above = roleKeys[level - 1]
  if (!above) return {}
  const parent = above[Math.floor((index * above.length) / roleKeys[level]!.length)]!
  return random.chance(0.1) ? { parent, peersGet: 'read' } : { parent }
}

function specialRoles(roleKeys: readonly (readonly Key[])[], roles: Staff['roles']): SpecialRoles {
  const leaves = roleKeys.at(-1)!
  const veteransLead = roleKeys.at(-2)![0]!
  const veterans = leaves.filter((key) => roles[key]?.parent === veteransLead)
  return { fieldSales: leaves.at(-3)!, veteransLead, veterans, partTime: leaves.at(-2)!, guests: leaves.at(-1)! }
}

type Unnamed = Omit<Person, 'key'>

function superiors(roleKeys: readonly (readonly Key[])[], special: SpecialRoles, random: Random): Unnamed[] {
  return roleKeys.slice(0, -1).flatMap((keys, index) =>
    keys.flatMap((role) => {
      const isApart = role === special.veteransLead
      return Array.from({ length: PEOPLE_PER_ROLE[index]! }, (): Unnamed => {
        const activity = !isApart && random.chance(BUSY_SUPERIORS) ? 'active' : 'none'
        return { role, level: index + 1, activity, apart: isApart || index === 0 }
      })
    }),
  )
}

/** The special roles get their people; everybody else is spread over the other lowest roles evenly. */
function lowest(shape: Shape, roleKeys: readonly (readonly Key[])[], special: SpecialRoles, random: Random): Unnamed[] {
  const counts = new Map([
    [special.fieldSales, shape.fieldSales],
    [special.partTime, PART_TIMERS],
    [special.guests, GUESTS],
  ])
  const above = shape.roles.slice(0, -1).reduce((sum, count, index) => sum + count * PEOPLE_PER_ROLE[index]!, 0)
  const rest = shape.users - above - [...counts.values()].reduce((sum, count) => sum + count, 0)
  const others = roleKeys.at(-1)!.filter((key) => !counts.has(key))
  others.forEach((key, index) => {
    counts.set(key, Math.floor(((index + 1) * rest) / others.length) - Math.floor((index * rest) / others.length))
  })
  return [...counts].flatMap(([role, count]) =>
    Array.from({ length: count }, () => lowestPerson(role, special, random)),
  )
}

function lowestPerson(role: Key, special: SpecialRoles, random: Random): Unnamed {
  const level = 6
  if (role === special.partTime || role === special.guests) return { role, level, activity: 'none', apart: true }
  if (special.veterans.includes(role)) return { role, level, activity: 'old', apart: true }
  const drawn = random.next()
  return { role, level, activity: drawn < OLD ? 'old' : drawn < OLD + IDLE ? 'none' : 'active', apart: false }
}

function numbered(people: readonly Unnamed[]): Person[] {
  return people.map((person, index) => ({ key: `u${String(index).padStart(5, '0')}`, ...person }))
}

function makeTeams(shape: Shape, common: readonly Person[], random: Random): Staff['teams'] {
  const teams = Array.from({ length: shape.teams }, (_one, index): [Key, TeamDefinition] => {
    const members = shuffled(random, drawn(common, 4 + random.below(9), random))
    const membersGet = random.chance(0.2) ? { membersGet: 'read' as const } : {}
    return [`t${index}`, { leaders: members.slice(0, 1), members: members.slice(1), ...membersGet }]
  })
  return Object.fromEntries(teams)
}

function drawn(common: readonly Person[], count: number, random: Random): Key[] {
  return [...new Set(Array.from({ length: count }, () => random.pick(common).key))]
}

function makeGroups(
  shape: Shape,
  common: readonly Person[],
  roleKeys: readonly (readonly Key[])[],
  teams: Staff['teams'],
  special: SpecialRoles,
  random: Random,
): Staff['groups'] {
  const roles = roleKeys.at(-1)!.filter((key) => !Object.values(special).flat().includes(key))
  const groups = Array.from({ length: shape.groups }, (_one, index): [Key, GroupDefinition] => {
    const users = drawn(common, 3 + random.below(20), random).map((key) => `user:${key}`)
    const others = [
      ...(random.chance(0.4) ? [`role:${random.pick(roles)}`] : []),
      ...(random.chance(0.3) ? [`team:${random.pick(Object.keys(teams))}`] : []),
      ...(index > 0 && random.chance(0.2) ? [`group:g${random.below(index)}`] : []),
    ]
    return [`g${index}`, { members: [...users, ...others] }]
  })
  return { ...Object.fromEntries(groups), guests: { members: [`role:${special.guests}`] } }
}

export function userDefinition({ key, role }: Person, profile: Key): UserDefinition {
  const number = Number(key.slice(1))
  return {
    name: `Person ${key.slice(1)}`,
    email: `${key}@bench.example`,
    profiles: [profile],
    attributes: { region: REGIONS[number % REGIONS.length]! },
    ...(role === undefined ? {} : { role }),
  }
}
