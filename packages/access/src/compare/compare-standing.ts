import type { Action, FieldAccess, Key, SignInWindow, SystemPermission, UserStatus } from '../document.ts'
import { SYSTEM_PERMISSIONS } from '../document.ts'
import { fields, hasSystemPermission } from '../fields.ts'
import { isActionGranted, type Policy, type PolicyProfile, type PolicyUser } from '../policy.ts'

/** Who comes to have something, and who ceases to. */
export interface Turnover {
  readonly gaining: readonly Key[]
  readonly losing: readonly Key[]
}

/** Actions that ask for no record. */
export interface ModuleActionEffect extends Turnover {
  readonly module: Key
  readonly action: Extract<Action, 'create' | 'import'>
}

export interface PermissionEffect extends Turnover {
  readonly permission: SystemPermission
}

/** What the same people's access to fields was and becomes; a field that isn't there in one of the policies is hidden in it. */
export interface FieldEffect {
  readonly people: readonly Key[]
  readonly changes: readonly {
    readonly module: Key
    readonly field: Key
    readonly before: FieldAccess
    readonly after: FieldAccess
  }[]
}

/** One way to sign in: at these times, from these networks; unstated, at any time, from anywhere. */
export interface WayIn {
  readonly windows?: readonly SignInWindow[]
  readonly networks?: readonly string[]
}

export interface SignInState {
  readonly status: UserStatus | 'absent'
  /** Any one of them will do; a person without profiles has none. */
  readonly ways: readonly WayIn[]
}

export interface SignInEffect {
  readonly people: readonly Key[]
  readonly before: SignInState
  readonly after: SignInState
}

/** Whom the change lets create or import, and whom no more. */
export function compareModuleActions(before: Policy, after: Policy): ModuleActionEffect[] {
  const modules = [...new Set([...before.modules.keys(), ...after.modules.keys()])]
  const pairs = modules.flatMap((module) => (['create', 'import'] as const).map((action) => ({ module, action })))
  const groups = groupAlike(before, after)
  return pairs
    .map(({ module, action }) => {
      const may = (policy: Policy) => (user: PolicyUser) =>
        policy.modules.has(module) && isActionGranted(user, module, action)
      return { module, action, ...turnover(groups, may(before), may(after)) }
    })
    .filter(({ gaining, losing }) => gaining.length > 0 || losing.length > 0)
}

/** Who gains and loses the organization's own permissions. */
export function comparePermissions(before: Policy, after: Policy): PermissionEffect[] {
  const groups = groupAlike(before, after)
  return SYSTEM_PERMISSIONS.map((permission) => {
    const holds = (policy: Policy) => (user: PolicyUser) => hasSystemPermission(policy, user.key, permission)
    return { permission, ...turnover(groups, holds(before), holds(after)) }
  }).filter(({ gaining, losing }) => gaining.length > 0 || losing.length > 0)
}

/** Of thousands of people most share their profiles, before as after: what depends on those alone is asked of one of them. */
interface Alike {
  /** Nothing where they aren't active. */
  readonly was?: PolicyUser
  readonly is?: PolicyUser
  readonly people: { readonly key: Key; readonly at: number }[]
}

function groupAlike(before: Policy, after: Policy): Alike[] {
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

function everyone(before: Policy, after: Policy): Key[] {
  return [...new Set([...before.users.keys(), ...after.users.keys()])]
}

function turnover(
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
function keysOf(groups: readonly Pick<Alike, 'people'>[]): Key[] {
  const people = groups.flatMap((group) => group.people)
  return people.sort((one, other) => one.at - other.at).map(({ key }) => key)
}

/** Whose access to which fields changes, of those who are active in both policies. Law: section 5. */
export function compareFields(before: Policy, after: Policy): FieldEffect[] {
  const known = new Map<string, FieldEffect['changes']>()
  const changesOf = (user: Key, was: PolicyUser, is: PolicyUser) => {
    const name = `${profileNames(was)}\n${profileNames(is)}`
    const changes = known.get(name) ?? fieldChanges(before, after, user)
    known.set(name, changes)
    return changes
  }
  const effects = new Map<string, { people: Key[]; changes: FieldEffect['changes'] }>()
  for (const key of everyone(before, after)) {
    const [was, is] = [before.users.get(key), after.users.get(key)]
    if (was?.status !== 'active' || is?.status !== 'active') continue
    addPerson(effects, key, changesOf(key, was, is))
  }
  return [...effects.values()]
}

function addPerson(
  effects: Map<string, { people: Key[]; changes: FieldEffect['changes'] }>,
  key: Key,
  changes: FieldEffect['changes'],
): void {
  if (changes.length === 0) return
  const name = JSON.stringify(changes)
  const effect = effects.get(name) ?? { people: [], changes }
  effects.set(name, effect)
  effect.people.push(key)
}

function fieldChanges(before: Policy, after: Policy, user: Key): FieldEffect['changes'] {
  const modules = [...new Set([...before.modules.keys(), ...after.modules.keys()])]
  return modules.flatMap((module) => {
    const [was, is] = [fields(before, user, module), fields(after, user, module)]
    const keys = [...new Set([...was.keys(), ...is.keys()])]
    return keys
      .map((field) => ({ module, field, before: was.get(field) ?? HIDDEN, after: is.get(field) ?? HIDDEN }))
      .filter((change) => change.before !== change.after)
  })
}

const HIDDEN: FieldAccess = 'hidden'

/** Whose signing in changes: by status, by windows, by networks, or because the last profile goes. Law: sections 1 and 2. */
export function compareSignIn(before: Policy, after: Policy): SignInEffect[] {
  const effects = new Map<string, SignInEffect & { readonly people: Key[] }>()
  for (const key of everyone(before, after)) {
    const [was, is] = [signInOf(before, key), signInOf(after, key)]
    const name = `${JSON.stringify(was)} ${JSON.stringify(is)}`
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    const effect = effects.get(name) ?? { people: [], before: was, after: is }
    effects.set(name, effect)
    effect.people.push(key)
  }
  return [...effects.values()]
}

/** Who isn't active has no way in, whatever his profiles say. */
function signInOf(policy: Policy, key: Key): SignInState {
  const user = policy.users.get(key)
  if (!user) return { status: 'absent', ways: [] }
  if (user.status !== 'active') return { status: user.status, ways: [] }
  const ways = user.profiles.map((profile) => wayOf(policy, profile))
  if (ways.some((way) => !way.windows && !way.networks)) return { status: 'active', ways: [{}] }
  const told = new Map(ways.map((way) => [JSON.stringify(way), way]))
  return { status: 'active', ways: [...told].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, way]) => way) }
}

function wayOf(policy: Policy, { signIn, networks }: PolicyProfile): WayIn {
  const windows = signIn?.map((window) => ({ ...window, timeZone: window.timeZone ?? policy.timeZone }))
  return { ...(windows ? { windows } : {}), ...(networks ? { networks: networks.toSorted() } : {}) }
}
