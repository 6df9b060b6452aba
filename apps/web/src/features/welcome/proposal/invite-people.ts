import type { Key, PolicyDocument, TeamDefinition, UserDefinition } from '@bailiwick/access'
import { NAMES, type NamedKey } from './names.ts'
import { roleOf } from './propose-people.ts'

export interface NewPerson {
  readonly name: string
  readonly email: string
  readonly job: NamedKey
}

/** A key for a person that nobody has: of his name, else of his address. */
export function keyFor({ name, email }: Pick<NewPerson, 'name' | 'email'>, taken: ReadonlySet<Key>): Key {
  const base = keyOf(name) || keyOf(email.split('@')[0] ?? '') || 'person'
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}-${number}`
    if (!taken.has(key)) return key
  }
}

function keyOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
}

/** The policy with the people in it, each with the profile, role and team of his job; and their keys, in their order. */
export function addPeople(
  inForce: PolicyDocument,
  people: readonly NewPerson[],
): { readonly document: PolicyDocument; readonly keys: readonly Key[] } {
  const users: Record<Key, UserDefinition> = { ...inForce.users }
  const teams: Record<Key, TeamDefinition> = { ...inForce.teams }
  const keys = people.map((person) => {
    const key = keyFor(person, new Set(Object.keys(users)))
    users[key] = userOf(inForce, person)
    join(teams, person.job, key)
    return key
  })
  return { document: { ...inForce, users, ...(inForce.teams && { teams }) }, keys }
}

function userOf({ roles = {} }: PolicyDocument, { name, email, job }: NewPerson): UserDefinition {
  const role = roleOf(job)
  return { name, email, profiles: [job], ...(role !== undefined && Object.hasOwn(roles, role) && { role }) }
}

/** Into the team of the job's department, if it is there. */
function join(teams: Record<Key, TeamDefinition>, job: NamedKey, key: Key): void {
  const [department = job] = job.split('-')
  const team = teams[department]
  if (!team) return
  const place = department === job ? 'members' : 'leaders'
  teams[department] = { ...team, [place]: [...(team[place] ?? []), key] }
}

/** The proposed jobs that the policy has a profile for. */
export function jobsIn({ profiles = {} }: PolicyDocument): NamedKey[] {
  return (Object.keys(NAMES) as NamedKey[]).filter((job) => Object.hasOwn(profiles, job))
}
