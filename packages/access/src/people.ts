import type { Key, OwnerRef, Principal } from './document.ts'
import type { Policy, PolicyUser } from './policy.ts'
import { remembered } from './remembered.ts'

/** A role and every role above it, nearest first. */
export function rolePath(policy: Policy, role: Key | undefined): Key[] {
  const path: Key[] = []
  for (let at = role; at !== undefined && !path.includes(at); at = policy.roles.get(at)?.parent) path.push(at)
  return path
}

/** The managers above a person, nearest first. */
export function managerPath(policy: Policy, user: Key): Key[] {
  const path: Key[] = []
  let at = policy.users.get(user)?.manager
  while (at !== undefined && !path.includes(at)) {
    path.push(at)
    at = policy.users.get(at)?.manager
  }
  return path
}

/** Every principal that contains the person (whatever his status), `everyone` included. Law: section 1. */
export function principalsOf(policy: Policy, user: PolicyUser): ReadonlySet<Principal> {
  return remembered(policy, 'principals', user.key, () => findPrincipals(policy, user))
}

function findPrincipals(policy: Policy, user: PolicyUser): Set<Principal> {
  const found = new Set<Principal>([`user:${user.key}`, 'everyone'])
  if (user.role !== undefined) found.add(`role:${user.role}`)
  for (const role of rolePath(policy, user.role)) found.add(`role+:${role}`)
  for (const team of user.teams) found.add(`team:${team}`)
  // A set is walked in the order of insertion, so groups found on the way are visited too.
  for (const principal of found) {
    for (const group of policy.groupsListing.get(principal) ?? []) found.add(`group:${group}`)
  }
  return found
}

/** A role and every role below it. */
export function roleWithSubordinates(policy: Policy, role: Key): Set<Key> {
  const found = new Set<Key>([role])
  for (const at of found) for (const child of policy.roles.get(at)?.children ?? []) found.add(child)
  return found
}

/** The people whom a principal contains, active or not. */
export function usersIn(policy: Policy, principal: Principal): Set<Key> {
  const found = new Set<Key>()
  const seen = new Set<Principal>([principal])
  for (const at of seen) {
    const key = at.slice(at.indexOf(':') + 1)
    if (at.startsWith('group:')) for (const member of policy.groups.get(key)?.members ?? []) seen.add(member)
    else for (const user of directUsers(policy, at, key)) found.add(user)
  }
  return found
}

function directUsers(policy: Policy, principal: Principal, key: Key): Iterable<Key> {
  if (principal === 'everyone') return policy.users.keys()
  if (principal.startsWith('user:')) return policy.users.has(key) ? [key] : []
  if (principal.startsWith('role:')) return policy.roles.get(key)?.users ?? []
  if (principal.startsWith('team:')) return policy.teams.get(key)?.members ?? []
  if (principal.startsWith('role+:')) return usersOfRoles(policy, roleWithSubordinates(policy, key))
  return []
}

/** Who may stand as owner for a rule's `ownedBy`: the people in it, and a team only where it is named itself. Law: section 3. */
export function ownersIn(policy: Policy, principals: readonly Principal[]): ReadonlySet<OwnerRef> {
  return remembered(policy, 'owners', principals.join(' '), () => findOwners(policy, principals))
}

function findOwners(policy: Policy, principals: readonly Principal[]): Set<OwnerRef> {
  const owners = new Set<OwnerRef>()
  for (const principal of principals) {
    if (principal.startsWith('team:')) owners.add(principal)
    for (const user of usersIn(policy, principal)) owners.add(`user:${user}`)
  }
  return owners
}

/** The people `user` is superior to, by the organization's hierarchy. Law: section 1. */
export function subordinatesOf(policy: Policy, user: PolicyUser): ReadonlySet<Key> {
  return remembered(policy, 'subordinates', user.key, () => findSubordinates(policy, user))
}

function findSubordinates(policy: Policy, user: PolicyUser): Set<Key> {
  const found = new Set<Key>()
  if (policy.hierarchy !== 'reporting') for (const below of belowInRoles(policy, user)) found.add(below)
  if (policy.hierarchy !== 'roles') for (const below of belowInReporting(policy, user.key)) found.add(below)
  found.delete(user.key)
  return found
}

function belowInRoles(policy: Policy, user: PolicyUser): Iterable<Key> {
  if (user.role === undefined) return []
  const roles = roleWithSubordinates(policy, user.role)
  roles.delete(user.role)
  return usersOfRoles(policy, roles)
}

function belowInReporting(policy: Policy, user: Key): Set<Key> {
  const found = new Set<Key>(policy.reports.get(user) ?? [])
  for (const at of found) for (const report of policy.reports.get(at) ?? []) found.add(report)
  return found
}

function* usersOfRoles(policy: Policy, roles: Iterable<Key>): Iterable<Key> {
  for (const role of roles) yield* policy.roles.get(role)?.users ?? []
}
