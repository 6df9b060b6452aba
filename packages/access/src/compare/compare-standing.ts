import type { Action, Key, SignInWindow, SystemPermission, UserStatus } from '../document.ts'
import { SYSTEM_PERMISSIONS } from '../document.ts'
import { aggregatesAll, hasSystemPermission } from '../fields.ts'
import { isActionGranted, type Policy, type PolicyProfile, type PolicyUser } from '../policy.ts'
import { everyone, groupAlike, type Turnover, turnover } from './turnover.ts'

/** Actions that ask for no record. */
export interface ModuleActionEffect extends Turnover {
  readonly module: Key
  readonly action: Extract<Action, 'create' | 'import'>
}

export interface PermissionEffect extends Turnover {
  readonly permission: SystemPermission
}

/** Whose figures come to be over all records of a module, and whose no more. */
export interface FigureEffect extends Turnover {
  readonly module: Key
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
  const pairs = modulesOf(before, after).flatMap((module) =>
    (['create', 'import'] as const).map((action) => ({ module, action })),
  )
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

/** Whose figures a change opens over all records of a module, and whose it narrows to what they read. Law: section 6. */
export function compareFigures(before: Policy, after: Policy): FigureEffect[] {
  const groups = groupAlike(before, after)
  return modulesOf(before, after)
    .map((module) => {
      const seesAll = (policy: Policy) => (user: PolicyUser) =>
        policy.modules.has(module) && isActionGranted(user, module, 'read') && aggregatesAll(policy, user.key, module)
      return { module, ...turnover(groups, seesAll(before), seesAll(after)) }
    })
    .filter(({ gaining, losing }) => gaining.length > 0 || losing.length > 0)
}

function modulesOf(before: Policy, after: Policy): Key[] {
  return [...new Set([...before.modules.keys(), ...after.modules.keys()])]
}

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
