import type { Key, OwnerRef, Principal, TeamDefinition } from '../document.ts'
import { isActive, own, userOf, type World } from './world.ts'

/** `user:anna` → `['user', 'anna']`. */
function split(written: string): [kind: string, key: Key] {
  const colon = written.indexOf(':')
  return colon < 0 ? [written, ''] : [written.slice(0, colon), written.slice(colon + 1)]
}

/** The user who owns the record; undefined where a team does, or somebody who isn't in the document. */
export function owningUser(world: World, owner: OwnerRef): Key | undefined {
  const [kind, key] = split(owner)
  return kind === 'user' && userOf(world, key) ? key : undefined
}

/** The team that owns the record; undefined where a user does, or a team that isn't in the document. */
export function owningTeam(world: World, owner: OwnerRef): TeamDefinition | undefined {
  const [kind, key] = split(owner)
  return kind === 'team' ? own(world.document.teams, key) : undefined
}

/** A leader is a member. */
export function isMember(team: TeamDefinition, user: Key): boolean {
  return isLeader(team, user) || (team.members ?? []).includes(user)
}

export function isLeader(team: TeamDefinition, user: Key): boolean {
  return (team.leaders ?? []).includes(user)
}

export function teamsOf(world: World): readonly TeamDefinition[] {
  return Object.values(world.document.teams ?? {})
}

export function roleOf(world: World, user: Key): Key | undefined {
  return userOf(world, user)?.role
}

/** The roles above a role, nearest first. */
function rolesAbove(world: World, role: Key | undefined): Key[] {
  const parent = own(world.document.roles, role)?.parent
  return parent === undefined ? [] : [parent, ...rolesAbove(world, parent)]
}

function managersAbove(world: World, user: Key): Key[] {
  const manager = userOf(world, user)?.manager
  return manager === undefined ? [] : [manager, ...managersAbove(world, manager)]
}

/** Section 1: `superior(u, v)`. */
export function isSuperior(world: World, u: Key, v: Key): boolean {
  const hierarchy = world.document.organization?.hierarchy ?? 'roles'
  const role = roleOf(world, u)
  const byRole = role !== undefined && rolesAbove(world, roleOf(world, v)).includes(role)
  const byReporting = managersAbove(world, v).includes(u)
  if (u === v) return false
  if (hierarchy === 'roles') return byRole
  if (hierarchy === 'reporting') return byReporting
  return byRole || byReporting
}

/** Section 1, principals: whether the principal contains the user, active or not. */
export function contains(world: World, principal: Principal, user: Key): boolean {
  const [kind, key] = split(principal)
  const role = roleOf(world, user)
  if (!userOf(world, user)) return false
  if (kind === 'everyone') return true
  if (kind === 'user') return key === user
  if (kind === 'role') return role === key
  if (kind === 'role+') return role !== undefined && [role, ...rolesAbove(world, role)].includes(key)
  if (kind === 'team') return isMemberOf(world, key, user)
  if (kind === 'group') return groupContains(world, key, user)
  return false
}

function isMemberOf(world: World, teamKey: Key, user: Key): boolean {
  const team = own(world.document.teams, teamKey)
  return team !== undefined && isMember(team, user)
}

function groupContains(world: World, group: Key, user: Key): boolean {
  return (own(world.document.groups, group)?.members ?? []).some((member) => contains(world, member, user))
}

/** Whether one of the principals reaches the user, who must be active. */
export function reaches(world: World, principals: readonly Principal[], user: Key): boolean {
  return isActive(world, user) && principals.some((principal) => contains(world, principal, user))
}

/** Section 3, `ownedBy`: a team matches just itself; a user every principal that contains him, active or not. */
export function ownerMatches(world: World, principals: readonly Principal[], owner: OwnerRef): boolean {
  const user = owningUser(world, owner)
  if (user !== undefined) return principals.some((principal) => contains(world, principal, user))
  return owningTeam(world, owner) !== undefined && principals.includes(owner)
}
