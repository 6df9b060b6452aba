import { bindCondition } from './conditions.ts'
import type { Key, Level, OwnerRef, Principal } from './document.ts'
import { rankOf } from './evaluate.ts'
import { ownersIn, principalsOf, subordinatesOf } from './people.ts'
import type { Policy, PolicyModule, PolicyUser } from './policy.ts'
import type { ReachCondition } from './reach-condition.ts'
import { all, any, not, TRUE } from './reach-condition.ts'
import { remembered } from './remembered.ts'

export type GrantKind =
  | 'owner'
  | 'team'
  | 'leader'
  | 'member'
  | 'peer'
  | 'superior'
  | 'default'
  | 'rule'
  | 'share'
  | 'profile'
  | 'parent'
export type CapKind = 'confidential' | 'restriction'
export type GrantedLevel = Exclude<Level, 'none'>

/** One reason to reach records: the level it gives where its condition holds. `by` is the rule, team, role, profile or field it comes from. */
export interface Grant {
  readonly kind: GrantKind
  readonly level: GrantedLevel
  readonly by?: Key
  readonly condition: ReachCondition
}

/** One limit: where its condition holds, no more than its level is left. */
export interface Cap {
  readonly kind: CapKind
  readonly level: Exclude<Level, 'full'>
  readonly by?: Key
  readonly condition: ReachCondition
}

/** All grants that a person may have on records of a module. Law: section 3, in the order of its table. */
export function grantsOf(policy: Policy, user: PolicyUser, module: PolicyModule): Grant[] {
  return [
    ...ownershipGrants(user),
    ...teamGrants(policy, user),
    ...peerGrants(policy, user),
    ...superiorGrants(policy, user, module),
    ...defaultGrants(module),
    ...ruleGrants(policy, user, module),
    ...shareGrants(policy, user),
    ...profileGrants(user, module),
    ...parentGrants(policy, user, module),
  ]
}

function ownershipGrants(user: PolicyUser): Grant[] {
  const own: Grant = { kind: 'owner', level: 'full', condition: owners([`user:${user.key}`]) }
  const teams = user.teams.map((team): Grant => {
    return {
      kind: 'team',
      level: user.leads.includes(team) ? 'full' : 'edit',
      by: team,
      condition: owners([`team:${team}`]),
    }
  })
  return [own, ...teams]
}

function teamGrants(policy: Policy, user: PolicyUser): Grant[] {
  return user.teams.flatMap((key) => {
    const team = policy.teams.get(key)
    if (!team) return []
    const condition = ownersTogether(policy, `team ${key}`, team.members)
    const led = user.leads.includes(key) ? granted('leader', team.leadersGet, key, condition) : []
    return [...led, ...granted('member', team.membersGet, key, condition)]
  })
}

function peerGrants(policy: Policy, user: PolicyUser): Grant[] {
  const role = user.role === undefined ? undefined : policy.roles.get(user.role)
  if (!role || (role.peersGet ?? 'none') === 'none') return []
  const peers = ownersTogether(policy, `role ${role.key}`, role.users)
  return granted('peer', role.peersGet ?? 'none', role.key, peers)
}

function superiorGrants(policy: Policy, user: PolicyUser, module: PolicyModule): Grant[] {
  if (module.superiorsGet === 'none') return []
  const below = subordinatesOf(policy, user)
  return below.size === 0 ? [] : granted('superior', module.superiorsGet, undefined, ownersBelow(policy, user, below))
}

function defaultGrants(module: PolicyModule): Grant[] {
  return granted('default', module.sharing, undefined, TRUE)
}

function ruleGrants(policy: Policy, user: PolicyUser, module: PolicyModule): Grant[] {
  const rules = policy.sharingRules.get(module.key) ?? []
  if (rules.length === 0) return []
  const principals = principalsOf(policy, user)
  return rules
    .filter((rule) => rule.with.some((principal) => principals.has(principal)))
    .map((rule) => {
      const owned = rule.ownedBy === undefined ? TRUE : { owners: ownersIn(policy, rule.ownedBy) }
      const when = rule.when === undefined ? TRUE : bindCondition(policy, module, rule.when, user)
      return { kind: 'rule', level: rule.level, by: rule.key, condition: all([owned, when]) }
    })
}

const GRANTED_LEVELS: readonly GrantedLevel[] = ['read', 'edit', 'full']

function shareGrants(policy: Policy, user: PolicyUser): Grant[] {
  const sharedWith = principalsOf(policy, user)
  return GRANTED_LEVELS.map((level) => ({ kind: 'share', level, condition: { sharedWith, atLeast: level } }))
}

function profileGrants(user: PolicyUser, module: PolicyModule): Grant[] {
  return user.profiles.flatMap((profile) => {
    const own = profile.moduleOf(module.key)
    if (own?.modifyAll) return granted('profile', 'full', profile.key, TRUE)
    return own?.viewAll ? granted('profile', 'read', profile.key, TRUE) : []
  })
}

/** The level on the parent comes down to the record; the parent's own caps have cut it already. */
function parentGrants(policy: Policy, user: PolicyUser, module: PolicyModule): Grant[] {
  const field = module.parent === undefined ? undefined : module.fields.get(module.parent)
  const target = field?.module === undefined ? undefined : policy.modules.get(field.module)
  if (!field || !target) return []
  return GRANTED_LEVELS.map((level) => {
    const condition = levelCondition(policy, user, target, level)
    return { kind: 'parent', level, by: field.key, condition: parentHolds(field.key, target.key, condition) }
  })
}

function parentHolds(field: Key, module: Key, condition: ReachCondition): ReachCondition {
  return 'literal' in condition && !condition.literal ? condition : { parent: { field, module, condition } }
}

/** All limits that may cut what a person reaches in a module. Law: section 3. */
export function capsOf(policy: Policy, user: PolicyUser, module: PolicyModule): Cap[] {
  return [confidentialCap(policy, user), ...restrictionCaps(policy, user, module)]
}

function confidentialCap(policy: Policy, user: PolicyUser): Cap {
  const near: OwnerRef[] = [`user:${user.key}`, ...user.teams.map((team) => `team:${team}`)]
  if (policy.confidentialSuperiors) for (const key of subordinatesOf(policy, user)) near.push(`user:${key}`)
  const kept = any([owners(near), { sharedWith: principalsOf(policy, user), atLeast: 'read' }])
  return { kind: 'confidential', level: 'none', condition: all([{ confidential: true }, not(kept)]) }
}

function restrictionCaps(policy: Policy, user: PolicyUser, module: PolicyModule): Cap[] {
  const rules = policy.restrictionRules.get(module.key) ?? []
  if (rules.length === 0) return []
  const principals = principalsOf(policy, user)
  const touches = (list: readonly Principal[] | undefined) =>
    list?.some((principal) => principals.has(principal)) ?? false
  return rules
    .filter((rule) => touches(rule.for) && !touches(rule.except))
    .map((rule) => ({
      kind: 'restriction',
      level: rule.level,
      by: rule.key,
      condition: rule.when === undefined ? TRUE : bindCondition(policy, module, rule.when, user),
    }))
}

/**
 * What each limit asks of a record so that it doesn't cut. For every level it is the same condition, not one like it: so whoever knows that
 * one level is had knows what needn't be asked for another.
 */
function limitsOf(policy: Policy, user: PolicyUser, module: PolicyModule): readonly Limit[] {
  return remembered(policy, 'limits', `${user.key} ${module.key}`, () =>
    capsOf(policy, user, module).map(({ level, condition }) => ({ level, leaves: not(condition) })),
  )
}

interface Limit extends Pick<Cap, 'level'> {
  readonly leaves: ReachCondition
}

/** On which records the person has at least the level: some grant gives it and no cap cuts below it. Law: `level(u, r)`. */
export function levelCondition(
  policy: Policy,
  user: PolicyUser,
  module: PolicyModule,
  level: GrantedLevel,
): ReachCondition {
  return remembered(policy, 'levels', `${user.key} ${module.key} ${level}`, () =>
    makeCondition(policy, user, module, level),
  )
}

function makeCondition(policy: Policy, user: PolicyUser, module: PolicyModule, level: GrantedLevel): ReachCondition {
  const giving = grantsOf(policy, user, module).filter((grant) => rankOf(grant.level) >= rankOf(level))
  const cutting = limitsOf(policy, user, module).filter((limit) => rankOf(limit.level) < rankOf(level))
  return all([any(giving.map((grant) => grant.condition)), ...cutting.map(({ leaves }) => leaves)])
}

function granted(kind: GrantKind, level: Level, by: Key | undefined, condition: ReachCondition): Grant[] {
  return level === 'none' ? [] : [{ kind, level, by, condition }]
}

/** Whoever is in them has the same people in his condition: one set for all, made once. `name` must tell the people. */
function ownersTogether(policy: Policy, name: string, people: Iterable<Key>): ReachCondition {
  return remembered(policy, 'owners together', name, () => owners([...people].map((key) => `user:${key}`)))
}

/** By roles alone, everyone of a role has the same people below him. */
function ownersBelow(policy: Policy, user: PolicyUser, below: ReadonlySet<Key>): ReachCondition {
  const name = policy.hierarchy === 'roles' ? `below role ${user.role}` : `below user ${user.key}`
  return ownersTogether(policy, name, below)
}

function owners(refs: readonly OwnerRef[]): ReachCondition {
  return { owners: new Set(refs) }
}
