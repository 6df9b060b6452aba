import { ACTIONS, SYSTEM_PERMISSIONS } from '../document.ts'
import { rankOf } from '../evaluate.ts'
import { type Asking, NEEDED_LEVEL } from '../facts.ts'
import { fields, hasSystemPermission, rankOfAccess } from '../fields.ts'
import { type GrantedLevel, grantsOf } from '../grants.ts'
import { isActionGranted, type Policy, type PolicyModule, type PolicyUser } from '../policy.ts'
import { any, type ReachCondition } from '../reach-condition.ts'
import { profileAllows } from '../sign-in.ts'
import { type Change, isOfRecord, type RecordChange } from './change.ts'
import { changedFor } from './changed-person.ts'
import type { Way } from './refusal.ts'
import { whoMayGain } from './who-may-gain.ts'

/** Taken for the records of each owner: a step on one record opens less than one on an owner's, and that less than one on everybody's. */
const RECORDS_OF_AN_OWNER = 100
/** More than anybody has actions on records. */
const PERMISSION = 1e12

/**
 * About how much ways open, in the measure that they are told by: actions over people and records, fields, and permissions. No record
 * is looked at; it serves to choose, of hundreds of ways, those that are worth being measured.
 * @param person as if he were active
 */
export function createEstimate(standing: Policy, person: PolicyUser, asking: Asking): (way: Way) => number {
  const policy = changedFor(standing, person, { kind: 'activate', user: person.key })
  const isLetIn = (of: Policy) =>
    of.users.get(person.key)?.profiles.some((profile) => profileAllows(of, profile, asking)) ?? false
  const [wasLetIn, had] = [isLetIn(policy), everythingOf(policy, person)]
  const opens = (change: Change): number => {
    if (isOfRecord(change)) return openedOnRecord(change)
    const after = changedFor(policy, person, change)
    const letsIn = change.kind === 'allowHours' || change.kind === 'allowNetwork' || (!wasLetIn && isLetIn(after))
    const has = everythingOf(after, after.users.get(person.key) ?? person)
    return holders(change) * Math.max(0, letsIn ? has : has - had)
  }
  // Of those who have the same profile each gains about as much as he does; of others little is opened by where he belongs.
  const holders = (change: Change) => ('profile' in change ? (whoMayGain(policy, [change])?.size ?? 1) : 1)
  const known = new Map<string, number>()
  return (way) => way.reduce((sum, change) => sum + once(known, JSON.stringify(change), () => opens(change)), 0)
}

function once(known: Map<string, number>, name: string, make: () => number): number {
  const value = known.get(name) ?? make()
  known.set(name, value)
  return value
}

/** One record, or one and those below it; lifting and restoring serve everybody else who reaches it, too. */
function openedOnRecord({ kind, on }: RecordChange): number {
  return (kind === 'share' ? 1 : 5) * (on ? 10 : 1)
}

/** All that a person may do, were he active and let in. */
function everythingOf(policy: Policy, person: PolicyUser): number {
  const permissions = SYSTEM_PERMISSIONS.filter((one) => hasSystemPermission(policy, person.key, one))
  const inModules = [...policy.modules.values()].map((module) => everythingIn(policy, person, module))
  return inModules.reduce((sum, one) => sum + one, permissions.length * PERMISSION)
}

function everythingIn(policy: Policy, person: PolicyUser, module: PolicyModule): number {
  const granted = ACTIONS.filter((action) => isActionGranted(person, module.key, action))
  if (granted.length === 0) return 0
  const grants = grantsOf(policy, person, module)
  const reached = (level: GrantedLevel) =>
    ownersIn(policy, any(grants.filter((grant) => rankOf(grant.level) >= rankOf(level)).map((one) => one.condition)))
  const known = { read: reached('read'), edit: reached('edit'), full: reached('full') }
  const actions = granted.map((action) => {
    const needed = NEEDED_LEVEL[action]
    return needed === undefined ? 1 : known[needed] * RECORDS_OF_AN_OWNER
  })
  const open = [...fields(policy, person.key, module.key).values()].map((access) => rankOfAccess(access) / 3)
  return [...actions, ...open].reduce((sum, one) => sum + one, 0)
}

/** Of about how many owners the records are on which the condition holds. */
function ownersIn(policy: Policy, condition: ReachCondition): number {
  const everyone = policy.users.size + policy.teams.size
  const inside = (part: ReachCondition) => ownersIn(policy, part)
  if ('literal' in condition) return condition.literal ? everyone : 0
  if ('owners' in condition) return condition.owners.size
  if ('sharedWith' in condition) return 0.1
  if ('parent' in condition) return inside(condition.parent.condition)
  if ('all' in condition) return Math.min(...condition.all.map(inside))
  if ('any' in condition)
    return Math.min(
      everyone,
      condition.any.map(inside).reduce((sum, one) => sum + one, 0),
    )
  // What goes by values, of which nothing is known.
  return everyone / 10
}
