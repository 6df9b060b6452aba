import type { Action, Key } from '../document.ts'
import { ACTIONS } from '../document.ts'
import { isActionGranted, type Policy } from '../policy.ts'
import { createIntern, type Fingerprint, fingerprintOf } from './reach-fingerprint.ts'
import type { PolicySide } from './sources.ts'

/** Whether profiles grant an action in the policy before and in the one after. */
export interface GrantedAction {
  readonly action: Action
  readonly before: boolean
  readonly after: boolean
}

/** People whose reach in a module changes, and alike: they differ only in what is theirs by name. */
export interface ReachGroup {
  readonly module: Key
  readonly users: readonly Key[]
  /** The actions that some of their profiles grant in one of the policies. */
  readonly actions: readonly GrantedAction[]
}

/** People looked at between two pauses: a few milliseconds' work. */
const AT_A_STRETCH = 200

/**
 * Everybody (of those `among`, where stated) whose reach may differ between two policies in one of the modules, in groups. Yields how many people it has looked at, so
 * that whoever walks it may pause.
 */
export function* groupPeople(
  before: PolicySide,
  after: PolicySide,
  modules: readonly Key[],
  among?: ReadonlySet<Key>,
): Generator<number, ReachGroup[]> {
  const intern = createIntern()
  const sides = [
    sideOf(before.policy, fingerprintOf(before.policy, intern)),
    sideOf(after.policy, fingerprintOf(after.policy, intern)),
  ] as const
  const groups = new Map<string, ReachGroup & { readonly users: Key[] }>()
  const users = [...(among ?? new Set([...before.policy.users.keys(), ...after.policy.users.keys()]))]
  for (const [at, user] of users.entries()) {
    if (at % AT_A_STRETCH === 0) yield at
    for (const module of modules) {
      const name = changeOf(sides, user, module)
      if (name === undefined) continue
      const group = groups.get(name) ?? { module, users: [], actions: actionsOf(sides, user, module) }
      groups.set(name, group)
      group.users.push(user)
    }
  }
  return [...groups.values()]
}

interface Side {
  readonly fingerprint: Fingerprint
  /** The granted actions, as a text of ones and noughts. */
  readonly granted: (user: Key, module: Key) => string
}

function sideOf(policy: Policy, fingerprint: Fingerprint): Side {
  const known = new Map<string, string>()
  const granted = (key: Key, module: Key) => {
    const user = policy.users.get(key)
    const name = `${module} ${user?.profiles.map((profile) => profile.key).join(' ') ?? ''}`
    const grants = (action: Action) => user && policy.modules.has(module) && isActionGranted(user, module, action)
    const answer = known.get(name) ?? ACTIONS.map((action) => (grants(action) ? '1' : '0')).join('')
    known.set(name, answer)
    return answer
  }
  return { fingerprint, granted }
}

/** What people must have alike to be compared at once; nothing where nothing changes for the person. */
function changeOf([before, after]: readonly [Side, Side], user: Key, module: Key): string | undefined {
  const [couldDo, canDo] = [before.granted(user, module), after.granted(user, module)]
  if (couldDo === NOTHING && canDo === NOTHING) return undefined
  const [was, is] = [before.fingerprint(user, module), after.fingerprint(user, module)]
  return was === is && couldDo === canDo ? undefined : [module, was, is, couldDo, canDo].join('\n')
}

const NOTHING = ACTIONS.map(() => '0').join('')

function actionsOf([before, after]: readonly [Side, Side], user: Key, module: Key): GrantedAction[] {
  const [couldDo, canDo] = [before.granted(user, module), after.granted(user, module)]
  return ACTIONS.map((action, at) => ({ action, before: couldDo[at] === '1', after: canDo[at] === '1' })).filter(
    (granted) => granted.before || granted.after,
  )
}
