import {
  ACTIONS,
  FIELD_ACCESS,
  type Key,
  type PolicyDocument,
  type Principal,
  type Scalar,
  WEEKDAYS,
} from '@bailiwick/access'
import fc from 'fast-check'
import {
  CLOCK_TIMES,
  clearance,
  given,
  index,
  KEYS,
  type Keys,
  level,
  type Made,
  NETWORKS,
  pick,
  seldom,
  TIME_ZONES,
} from './pools.ts'

/**
 * People and their profiles come in two steps: a seed, in which everything points by number, and a document built from it.
 * So there is no seed without a document, and a failing one shrinks part by part.
 */

export const principalSeed = fc.record({ kind: fc.nat(5), at: index })
export const principalSeeds = fc.array(principalSeed, { minLength: 1, maxLength: 2 })

const windowSeed = fc.record({
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  from: fc.constantFrom(...CLOCK_TIMES),
  to: fc.constantFrom(...CLOCK_TIMES, '24:00'),
  timeZone: given(7, fc.constantFrom(...TIME_ZONES)),
})

const profileModuleSeed = fc.record({
  actions: fc.subarray([...ACTIONS]),
  /** Seldom may a profile do other things and not read; then its holders need another one that reads. */
  reads: fc.constantFrom(true, true, true, false),
  viewAll: seldom(8),
  modifyAll: seldom(10),
  default: given(7, fc.constantFrom(...FIELD_ACCESS)),
  listed: fc.array(fc.record({ field: index, access: fc.constantFrom(...FIELD_ACCESS) }), { maxLength: 3 }),
})

export type ProfileModuleSeed = Made<typeof profileModuleSeed>

const profileSeed = fc.record({
  clearance: given(7, clearance),
  signIn: given(2, fc.array(windowSeed, { minLength: 1, maxLength: 2 })),
  networks: given(2, fc.uniqueArray(fc.constantFrom(...NETWORKS), { minLength: 1, maxLength: 2 })),
  /** One for each module, in the order of the world's modules; false: the profile doesn't name it. */
  modules: fc.array(given(8, profileModuleSeed), { minLength: 4, maxLength: 4 }),
})

export type ProfileSeed = Made<typeof profileSeed>

const userSeed = fc.record({
  status: fc.constantFrom('active', 'active', 'active', undefined, 'suspended', 'removed'),
  role: given(7, index),
  manager: given(7, index),
  profiles: fc.array(index, { maxLength: 3 }),
  isAdministrator: seldom(12),
  attributes: fc.array(fc.record({ name: index, value: index }), { maxLength: 6 }),
})

export const peopleSeed = fc.record({
  users: fc.array(userSeed, { minLength: 2, maxLength: KEYS.users.length }),
  roles: fc.array(fc.record({ parent: given(7, index), peersGet: level }), {
    maxLength: KEYS.roles.length,
  }),
  profiles: fc.array(profileSeed, { minLength: 1, maxLength: KEYS.profiles.length }),
  teams: fc.array(
    fc.record({
      leaders: fc.array(index, { maxLength: 2 }),
      members: fc.array(index, { maxLength: 3 }),
      leadersGet: given(7, level),
      membersGet: level,
    }),
    { maxLength: KEYS.teams.length },
  ),
  groups: fc.array(fc.array(principalSeed, { maxLength: 3 }), { maxLength: KEYS.groups.length }),
})

export type PeopleSeed = Made<typeof peopleSeed>

/** The keys there are to point at. */
export type Names = Keys

/** @param keys what they are drawn from: the ordinary ones, or the hostile. */
export function namesOf(seed: PeopleSeed, keys: Keys): Names {
  return {
    users: keys.users.slice(0, seed.users.length),
    roles: keys.roles.slice(0, seed.roles.length),
    profiles: keys.profiles.slice(0, seed.profiles.length),
    teams: keys.teams.slice(0, seed.teams.length),
    groups: keys.groups.slice(0, seed.groups.length),
  }
}

/** A principal of the kind asked for, or `everyone` where nothing of the kind exists. */
export function principal(names: Names, { kind, at }: Made<typeof principalSeed>): Principal {
  const written = (prefix: string, keys: readonly Key[]) =>
    keys.length === 0 ? 'everyone' : `${prefix}:${pick(keys, at)}`
  return pick(
    [
      written('user', names.users),
      written('role', names.roles),
      written('role+', names.roles),
      written('team', names.teams),
      written('group', names.groups),
      'everyone',
    ],
    kind,
  )
}

export function principals(names: Names, seeds: readonly Made<typeof principalSeed>[]): Principal[] {
  return [...new Set(seeds.map((seed) => principal(names, seed)))]
}

type People = Required<Pick<PolicyDocument, 'users' | 'roles' | 'teams' | 'groups'>>

/** Trees and nesting by construction: everything points only at what stands before it. */
export function buildPeople(
  seed: PeopleSeed,
  names: Names,
  attributes: readonly (readonly [string, readonly Scalar[]])[],
): People {
  const upTo = (keys: readonly Key[], position: number) => keys.slice(0, position)
  const above = (keys: readonly Key[], position: number, at: number | undefined) =>
    at === undefined || position === 0 ? undefined : pick(upTo(keys, position), at)
  const some = (keys: readonly Key[], at: readonly number[]) => [...new Set(at.map((each) => pick(keys, each)))]
  const table = <S, D>(keys: readonly Key[], seeds: readonly S[], build: (seed: S, position: number) => D) =>
    Object.fromEntries(seeds.map((each, position) => [pick(keys, position), build(each, position)]))
  return {
    roles: table(names.roles, seed.roles, ({ parent, peersGet }, position) =>
      stated({ parent: above(names.roles, position, parent), peersGet }),
    ),
    users: table(names.users, seed.users, (user, position) => ({
      ...stated({
        status: position === 0 ? undefined : user.status,
        role: user.role === undefined || names.roles.length === 0 ? undefined : pick(names.roles, user.role),
        manager: above(names.users, position, user.manager),
      }),
      name: pick(names.users, position),
      email: `${pick(names.users, position)}${position}@example.com`,
      profiles: profilesOf(names, user, position),
      attributes: Object.fromEntries(
        user.attributes.map(({ name, value }) => {
          const [key, values] = pick(attributes, name)
          return [key, pick(values, value)]
        }),
      ),
    })),
    teams: table(names.teams, seed.teams, (team) => ({
      ...stated(team),
      leaders: some(names.users, team.leaders),
      members: some(names.users, team.members),
    })),
    groups: table(names.groups, seed.groups, (members, position) => ({
      members: principals({ ...names, groups: upTo(names.groups, position) }, members),
    })),
  }
}

/** The first user keeps `manageAccess`, which a document may not leave without a holder; that profile opens no module. */
export const KEEPER = 'keeper'

function profilesOf(names: Names, user: Made<typeof userSeed>, position: number): Key[] {
  const own = user.profiles.map((at) => pick(names.profiles, at))
  return [...new Set([...(position === 0 ? [KEEPER] : []), ...own, ...(user.isAdministrator ? ['administrator'] : [])])]
}

/** Without the entries that are undefined: unstated, as a document would leave them. */
export function stated<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
