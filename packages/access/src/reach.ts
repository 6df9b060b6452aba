import { bindCondition } from './conditions.ts'
import type { Action, Condition, Key, Level } from './document.ts'
import { holds } from './evaluate.ts'
import type { Asking, RecordFacts } from './facts.ts'
import { NEEDED_LEVEL } from './facts.ts'
import { levelCondition } from './grants.ts'
import type { Policy, PolicyUser } from './policy.ts'
import { isActionGranted } from './policy.ts'
import type { ReachCondition } from './reach-condition.ts'
import { FALSE, TRUE } from './reach-condition.ts'
import { canSignIn } from './sign-in.ts'

/** Why nothing at all is reached: what would have to be different first. */
export type Missing =
  | { readonly kind: 'user' }
  | { readonly kind: 'module' }
  | { readonly kind: 'licence'; readonly module: Key }
  | { readonly kind: 'active'; readonly status: string }
  | { readonly kind: 'signIn' }
  | { readonly kind: 'action'; readonly module: Key; readonly action: Action }
  | { readonly kind: 'level'; readonly has: Level; readonly needs: Level }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'grant' }

/** The answer to "which records?": none, every one that isn't deleted, or those on which the condition holds. */
export type Reach =
  | { readonly kind: 'never'; readonly missing: Missing }
  | { readonly kind: 'always' }
  | { readonly kind: 'when'; readonly condition: ReachCondition }

/**
 * Which undeleted records of a module the person may do the action to. For `create` and `import`, which ask for no record, it is
 * never or always.
 */
export function reach(policy: Policy, user: Key, module: Key, action: Action, asking: Asking): Reach {
  const missing = missingOnModule(policy, user, module, action, asking)
  if (missing) return { kind: 'never', missing }
  const needed = NEEDED_LEVEL[action]
  return needed === undefined ? { kind: 'always' } : levelReach(policy, user, module, needed)
}

/** Which undeleted records the person has at least the level on, whatever his profiles let him do there. */
export function levelReach(policy: Policy, user: Key, module: Key, level: Exclude<Level, 'none'>): Reach {
  const person = policy.users.get(user)
  const target = policy.modules.get(module)
  if (!person || !target) return { kind: 'never', missing: { kind: person ? 'module' : 'user' } }
  if (person.status !== 'active') return { kind: 'never', missing: { kind: 'active', status: person.status } }
  return reachOf(levelCondition(policy, person, target, level))
}

function reachOf(condition: ReachCondition): Reach {
  if (!('literal' in condition)) return { kind: 'when', condition }
  return condition.literal ? { kind: 'always' } : { kind: 'never', missing: { kind: 'grant' } }
}

/** What keeps the person from the action on every record of the module; nothing where it is up to the record. Law: section 7. */
export function missingOnModule(
  policy: Policy,
  user: Key,
  module: Key,
  action: Action,
  asking: Asking,
): Missing | undefined {
  const person = policy.users.get(user)
  if (!policy.modules.has(module)) return { kind: 'module' }
  if (!person) return { kind: 'user' }
  if (!policy.isLicensed(module)) return { kind: 'licence', module }
  if (person.status !== 'active') return { kind: 'active', status: person.status }
  if (!canSignIn(policy, user, asking)) return { kind: 'signIn' }
  return missingAction(person, module, action)
}

function missingAction(person: PolicyUser, module: Key, action: Action): Missing | undefined {
  if (isActionGranted(person, module, action)) return undefined
  const own = person.profiles.some((profile) => profile.moduleOf(module)?.actions?.includes(action))
  return { kind: 'action', module, action: own ? 'read' : action }
}

/** The condition of a reach: false for never, true for always. */
export function reachCondition(reached: Reach): ReachCondition {
  if (reached.kind === 'when') return reached.condition
  return reached.kind === 'always' ? TRUE : FALSE
}

/** Whether a deleted record is seen and restored by the person: who could delete it, or has `modifyAll`. Law: section 3. */
export function binReach(policy: Policy, user: Key, module: Key, asking: Asking): Reach {
  const person = policy.users.get(user)
  const missing = missingOnModule(policy, user, module, 'read', asking)
  if (missing || !person) return { kind: 'never', missing: missing ?? { kind: 'user' } }
  if (modifiesAll(policy, user, module)) return { kind: 'always' }
  return reach(policy, user, module, 'delete', asking)
}

/** Whether a profile of the person reaches every record of the module in full. Law: section 3, the grant `profile`. */
export function modifiesAll(policy: Policy, user: Key, module: Key): boolean {
  return policy.users.get(user)?.profiles.some((profile) => profile.moduleOf(module)?.modifyAll) ?? false
}

/** Whether the action may be done to the record: `allow(u, a, r)` of section 7. A deleted record answers no. */
export function decide(policy: Policy, user: Key, action: Action, facts: RecordFacts, asking: Asking): boolean {
  const reached = reach(policy, user, facts.module, action, asking)
  if (NEEDED_LEVEL[action] === undefined) return reached.kind === 'always'
  return facts.deleted !== true && reachHolds(policy, reached, facts, asking)
}

/** Whether an action without a record may be done; for other actions, whether it may on some possible record. */
export function decideOnModule(policy: Policy, user: Key, action: Action, module: Key, asking: Asking): boolean {
  return missingOnModule(policy, user, module, action, asking) === undefined
}

/** The level that the person has on the record, `none` on a deleted one. Law: `level(u, r)` of section 3. */
export function level(policy: Policy, user: Key, facts: RecordFacts, asking: Asking): Level {
  if (facts.deleted) return 'none'
  const reaches = (wanted: Exclude<Level, 'none'>) =>
    reachHolds(policy, levelReach(policy, user, facts.module, wanted), facts, asking)
  return (['full', 'edit', 'read'] as const).find(reaches) ?? 'none'
}

export function reachHolds(policy: Policy, reached: Reach, facts: RecordFacts, asking: Asking): boolean {
  return holds(reachCondition(reached), facts, { ...asking, timeZone: policy.timeZone })
}

/** A filter of a list as a condition on records; `{user: …}` is the asking person's. The filter must have been checked. */
export function filterCondition(policy: Policy, user: Key, module: Key, filter: Condition): ReachCondition {
  const target = policy.modules.get(module)
  return target ? bindCondition(policy, target, filter, policy.users.get(user)) : FALSE
}
