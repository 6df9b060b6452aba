import type { Key, Principal } from '../document.ts'
import { managerPath, principalsOf, rolePath } from '../people.ts'
import type { Policy, PolicyUser } from '../policy.ts'
import type { Change } from './change.ts'
import type { Side } from './level-options.ts'

/** Of groups, teams and roles each, how many are looked at: what rules and shares name, and what is near the owners, comes first. */
const MOST_OF_A_KIND = 60

/** Where else the person could belong: each group, team and role, and above each owner. */
export function belongingOptions(policy: Policy, person: PolicyUser, sides: readonly Side[]): Change[] {
  const named = namedPrincipals(policy, sides)
  const has = principalsOf(policy, person)
  const groups = [...policy.groups.keys()].filter((group) => !has.has(`group:${group}`))
  const roles = [...policy.roles.keys()].filter((role) => role !== person.role)
  const near = rolesNear(policy, sides)
  return [
    ...first(groups, (group) => named.has(`group:${group}`)).map((group): Change => {
      return { kind: 'joinGroup', user: person.key, group }
    }),
    ...first([...policy.teams.keys()], (team) => named.has(`team:${team}`) || isTheirs(policy, team, sides)).flatMap(
      (team) => teamOptions(person, team),
    ),
    ...first(roles, (role) => near.has(role) || named.has(`role:${role}`) || named.has(`role+:${role}`)).map(
      (role): Change => ({ kind: 'takeRole', user: person.key, role }),
    ),
    ...reportOptions(policy, person, sides),
  ]
}

function first(keys: readonly Key[], isLikely: (key: Key) => boolean): Key[] {
  const likely = keys.filter(isLikely)
  const others = keys.filter((key) => !isLikely(key))
  return [...likely, ...others].slice(0, MOST_OF_A_KIND)
}

/** Whom the rules of the records' modules, and the records' shares, name. */
function namedPrincipals(policy: Policy, sides: readonly Side[]): Set<Principal> {
  return new Set(
    sides.flatMap(({ module, facts }) => [
      ...(policy.sharingRules.get(module.key) ?? []).flatMap((rule) => rule.with),
      ...(policy.restrictionRules.get(module.key) ?? []).flatMap((rule) => rule.except ?? []),
      ...facts.shares.map((share) => share.with),
    ]),
  )
}

/** Whether the team owns one of the records, or an owner is in it. */
function isTheirs(policy: Policy, key: Key, sides: readonly Side[]): boolean {
  const team = policy.teams.get(key)
  return sides.some(
    ({ facts }) =>
      facts.owner === `team:${key}` || team?.members.some((member) => facts.owner === `user:${member}`) === true,
  )
}

/** The owners' own roles, and those above them. */
function rolesNear(policy: Policy, sides: readonly Side[]): Set<Key> {
  return new Set(ownersOf(sides).flatMap((owner) => rolePath(policy, policy.users.get(owner)?.role)))
}

function ownersOf(sides: readonly Side[]): Key[] {
  return sides.flatMap(({ facts: { owner } }) => (owner.startsWith('user:') ? [owner.slice('user:'.length)] : []))
}

function teamOptions({ key: user, teams, leads }: PolicyUser, team: Key): Change[] {
  const joining: Change[] = teams.includes(team) ? [] : [{ kind: 'joinTeam', user, team, leads: false }]
  return leads.includes(team) ? joining : [...joining, { kind: 'joinTeam', user, team, leads: true }]
}

/** Reporting lines stay trees: nobody comes to report to somebody below himself. */
function reportOptions(policy: Policy, person: PolicyUser, sides: readonly Side[]): Change[] {
  if (policy.hierarchy === 'roles') return []
  const above = [person.key, ...managerPath(policy, person.key)]
  const owners = ownersOf(sides).filter((owner) => policy.users.has(owner) && !above.includes(owner))
  return [...new Set(owners)].map((user) => ({ kind: 'reportTo', user, manager: person.key }))
}
