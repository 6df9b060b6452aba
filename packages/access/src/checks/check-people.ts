import type { Key, UserDefinition } from '../document.ts'
import { fold } from '../fold.ts'
import { parsePrincipal } from '../principal.ts'
import type { Context } from './context.ts'
import { ADMINISTRATOR, checkPrincipals, checkReference } from './context.ts'
import type { Edges } from './cycles.ts'
import { findCycles, shownCycle } from './cycles.ts'
import { childPath, shown } from './problem.ts'

/** Roles, users, teams and groups: what they name is there, and nothing is above itself. */
export function checkPeople(context: Context): void {
  checkRoles(context)
  checkUsers(context)
  checkTeams(context)
  checkGroups(context)
}

function checkRoles(context: Context): void {
  const roles = Object.entries(context.document.roles ?? {})
  for (const [key, { parent }] of roles) checkReference(context, 'role', parent, `${childPath('/roles', key)}/parent`)
  const edges = new Map(roles.map(([key, { parent }]) => [key, parent === undefined ? [] : [parent]]))
  refuseCycles(context, edges, (key) => `${childPath('/roles', key)}/parent`, 'The roles go round in a circle')
}

function checkUsers(context: Context): void {
  if (isChecked(context)) return
  const users = Object.entries(context.document.users ?? {})
  for (const [key, user] of users) {
    if (namesWhatIsThere(context, user)) continue
    const path = childPath('/users', key)
    checkReference(context, 'role', user.role, `${path}/role`)
    checkReference(context, 'user', user.manager, `${path}/manager`)
    checkReferences(context, 'profile', user.profiles, `${path}/profiles`)
    refuseStandingAttributes(context, Object.keys(user.attributes ?? {}), `${path}/attributes`)
  }
  refuseSharedEmails(context)
  const edges = new Map(users.map(([key, { manager }]) => [key, manager === undefined ? [] : [manager]]))
  refuseCycles(context, edges, (key) => `${childPath('/users', key)}/manager`, 'The managers go round in a circle')
}

/** The section is the one in force, and all that its people could name then is still there: nothing can be wrong with it. */
function isChecked({ document, base, known }: Context): boolean {
  if (base === undefined || base.users !== document.users) return false
  const remain = (keys: object = {}, now: ReadonlySet<Key> = new Set()) =>
    Object.keys(keys).every((key) => now.has(key))
  return remain(base.roles, known.role) && remain(base.profiles, known.profile)
}

/** Nothing wrong with the user, as with nearly all of ten thousand: no path need be written. */
function namesWhatIsThere({ known }: Context, { role, manager, profiles, attributes = {} }: UserDefinition): boolean {
  return (
    (role === undefined || known.role?.has(role) === true) &&
    (manager === undefined || known.user?.has(manager) === true) &&
    (profiles ?? []).every((profile) => known.profile?.has(profile) === true) &&
    !STANDING_ATTRIBUTES.some((name) => Object.hasOwn(attributes, name))
  )
}

function checkReferences(
  context: Context,
  noun: 'user' | 'profile',
  keys: readonly Key[] | undefined,
  path: string,
): void {
  for (const [index, key] of (keys ?? []).entries()) checkReference(context, noun, key, `${path}/${index}`)
}

const STANDING_ATTRIBUTES = ['id', 'role']

/** `id` and `role` always exist for conditions: written ones would never be read. */
function refuseStandingAttributes({ findings }: Context, names: readonly string[], path: string): void {
  for (const name of names) {
    if (!STANDING_ATTRIBUTES.includes(name)) continue
    findings.add(
      childPath(path, name),
      `Every user has the attribute \`${name}\` already.`,
      'Choose another name for it.',
    )
  }
}

function refuseSharedEmails({ document, findings }: Context): void {
  const holders = new Map<string, Key>()
  for (const [key, { email }] of Object.entries(document.users ?? {})) {
    if (email === undefined) continue
    const holder = holders.get(fold(email))
    if (holder === undefined) holders.set(fold(email), key)
    else {
      const message = `The user \`${holder}\` has the e-mail address ${shown(email)} too.`
      findings.add(
        `${childPath('/users', key)}/email`,
        message,
        'Give each user an address of his own: he signs in with it.',
      )
    }
  }
}

function checkTeams(context: Context): void {
  for (const [key, team] of Object.entries(context.document.teams ?? {})) {
    const path = childPath('/teams', key)
    checkReferences(context, 'user', team.leaders, `${path}/leaders`)
    checkReferences(context, 'user', team.members, `${path}/members`)
  }
}

function checkGroups(context: Context): void {
  const edges = new Map<Key, Key[]>()
  for (const [key, group] of Object.entries(context.document.groups ?? {})) {
    checkPrincipals(context, group.members, `${childPath('/groups', key)}/members`)
    const groups = (group.members ?? []).flatMap((member) => {
      const principal = parsePrincipal(member)
      return principal?.kind === 'group' ? [principal.key] : []
    })
    edges.set(key, groups)
  }
  refuseCycles(context, edges, (key) => `${childPath('/groups', key)}/members`, 'The groups contain one another')
}

/** Reports each cycle once, at the first of its members. */
export function refuseCycles({ findings }: Context, edges: Edges, pathOf: (key: Key) => string, what: string): void {
  for (const cycle of findCycles(edges)) {
    const [first] = cycle
    if (first !== undefined)
      findings.add(pathOf(first), `${what}: ${shownCycle(cycle)}.`, 'Take one of these steps out.')
  }
}

/** A change that nobody could take back is refused: someone active must hold `manageAccess`. */
export function checkAccessIsManaged({ document, known, findings }: Context): void {
  if (!known.user || !known.profile) return
  const granting = new Set([ADMINISTRATOR])
  for (const [key, profile] of Object.entries(document.profiles ?? {})) {
    if (profile.system?.includes('manageAccess')) granting.add(key)
  }
  const { users = {} } = document
  const holds = ({ status = 'active', profiles = [] }: UserDefinition = {}) =>
    status === 'active' && profiles.some((profile) => granting.has(profile))
  if (Object.keys(users).some((key) => holds(users[key]))) return
  const cure = 'Give an active user a profile with manageAccess, such as administrator.'
  findings.add('/users', 'No active user would hold manageAccess: nobody could change access again.', cure)
}
