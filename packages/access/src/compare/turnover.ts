import type { Key } from '../document.ts'
import type { Policy, PolicyUser } from '../policy.ts'

/** Who comes to have something, and who ceases to. */
export interface Turnover {
  readonly gaining: readonly Key[]
  readonly losing: readonly Key[]
}

/** Of thousands of people most share their profiles, before as after: what depends on those alone is asked of one of them. */
export interface Alike {
  /** Nothing where they aren't active. */
  readonly was?: PolicyUser
  readonly is?: PolicyUser
  readonly people: { readonly key: Key; readonly at: number }[]
}

export function groupAlike(before: Policy, after: Policy): Alike[] {
  const groups = new Map<string, Alike>()
  for (const [at, key] of everyone(before, after).entries()) {
    const [was, is] = [activeIn(before, key), activeIn(after, key)]
    const name = [was, is].map((user) => (user ? `=${profileNames(user)}` : '')).join('\n')
    const group = groups.get(name) ?? { ...(was ? { was } : {}), ...(is ? { is } : {}), people: [] }
    groups.set(name, group)
    group.people.push({ key, at })
  }
  return [...groups.values()]
}

function activeIn(policy: Policy, key: Key): PolicyUser | undefined {
  const user = policy.users.get(key)
  return user?.status === 'active' ? user : undefined
}

function profileNames({ profiles }: PolicyUser): string {
  return profiles.map(({ key }) => key).join(' ')
}

export function everyone(before: Policy, after: Policy): Key[] {
  return [...new Set([...before.users.keys(), ...after.users.keys()])]
}

export function turnover(
  groups: readonly Alike[],
  could: (user: PolicyUser) => boolean,
  can: (user: PolicyUser) => boolean,
): Turnover {
  const asked = groups.map(({ was, is, people }) => {
    return { had: was !== undefined && could(was), has: is !== undefined && can(is), people }
  })
  return {
    gaining: keysOf(asked.filter(({ had, has }) => has && !had)),
    losing: keysOf(asked.filter(({ had, has }) => had && !has)),
  }
}

/** In the order of the documents. */
export function keysOf(groups: readonly Pick<Alike, 'people'>[]): Key[] {
  const people = groups.flatMap((group) => group.people)
  return people.sort((one, other) => one.at - other.at).map(({ key }) => key)
}
