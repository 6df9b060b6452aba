import { bindCondition } from './conditions.ts'
import type { Condition, Key, Level, OwnerRef, Principal } from './document.ts'
import { holds, rankOf } from './evaluate.ts'
import type { Asking, RecordFacts } from './facts.ts'
import type { GrantedLevel, GrantKind } from './grants.ts'
import { managerPath, ownersIn, principalsOf, rolePath } from './people.ts'
import type { KeyedRestrictionRule, KeyedSharingRule, Policy, PolicyModule, PolicyUser } from './policy.ts'

export interface StandingGrant {
  readonly kind: GrantKind
  readonly level: GrantedLevel
  readonly by?: Key
}

export interface StandingCap {
  readonly kind: 'confidential' | 'restriction'
  readonly level: Exclude<Level, 'full'>
  readonly by?: Key
}

/** How an active person stands with one record: what applies of the grants and caps of his reach, in their order. Law: section 3. */
export interface Standing {
  readonly level: Level
  readonly grants: readonly StandingGrant[]
  readonly caps: readonly StandingCap[]
}

export interface RecordStandings {
  readonly facts: RecordFacts
  /** Those of the record's parent, where it has one that isn't deleted. */
  readonly parent?: RecordStandings
  of(user: PolicyUser): Standing
}

/**
 * The grants and caps read from the record's side: what depends on the record alone is worked out once, so that ten thousand people
 * are asked about in a moment. Says of each what his reach says of the record; deletion is left to whoever asks.
 */
export function standingsOn(policy: Policy, facts: RecordFacts, asking: Asking): RecordStandings | undefined {
  const module = policy.modules.get(facts.module)
  if (!module) return undefined
  const seen = seeRecord(policy, module, facts, asking)
  return {
    facts,
    ...(seen.parent ? { parent: seen.parent } : {}),
    of: (user) => {
      const principals = principalsOf(policy, user)
      const grants = grantsOn(policy, seen, user, principals)
      const caps = capsOn(policy, seen, user, principals)
      const granted = Math.max(0, ...grants.map(({ level }) => rankOf(level)))
      const most = Math.min(granted, ...caps.map(({ level }) => rankOf(level)))
      return { level: LEVELS[most] ?? 'none', grants, caps }
    },
  }
}

const LEVELS = ['none', 'read', 'edit', 'full'] as const

interface SeenRecord {
  readonly module: PolicyModule
  readonly facts: RecordFacts
  /** The owner, where it is a person. */
  readonly owner?: Key
  readonly ownerRole?: Key
  readonly superiors: ReadonlySet<Key>
  /** Unexpired shares: the highest level for each principal. */
  readonly shares: ReadonlyMap<Principal, GrantedLevel>
  readonly sharing: readonly Applying<KeyedSharingRule>[]
  readonly restricting: readonly Applying<KeyedRestrictionRule>[]
  readonly parent?: RecordStandings
}

/** A rule that may apply to the record, and whether it does for a person. */
interface Applying<Rule> {
  readonly rule: Rule
  holdsFor(user: PolicyUser): boolean
}

function seeRecord(policy: Policy, module: PolicyModule, facts: RecordFacts, asking: Asking): SeenRecord {
  const owner = facts.owner.startsWith('user:') ? facts.owner.slice('user:'.length) : undefined
  const ownerRole = owner === undefined ? undefined : policy.users.get(owner)?.role
  const applying = <Rule extends { readonly when?: Condition }>(rule: Rule): Applying<Rule> => {
    return { rule, holdsFor: conditionFor(policy, module, rule.when, facts, asking) }
  }
  const sharing = (policy.sharingRules.get(module.key) ?? []).filter(({ ownedBy }) =>
    isOwnedBy(policy, ownedBy, facts.owner),
  )
  return {
    module,
    facts,
    owner,
    ownerRole,
    superiors: superiorsOf(policy, owner),
    shares: sharesOf(facts, asking),
    sharing: sharing.map(applying),
    restricting: (policy.restrictionRules.get(module.key) ?? []).map(applying),
    parent: parentOf(policy, module, facts, asking),
  }
}

function isOwnedBy(policy: Policy, ownedBy: readonly Principal[] | undefined, owner: OwnerRef): boolean {
  return ownedBy === undefined || ownersIn(policy, ownedBy).has(owner)
}

function superiorsOf(policy: Policy, owner: Key | undefined): Set<Key> {
  const person = owner === undefined ? undefined : policy.users.get(owner)
  const superiors = new Set<Key>()
  if (!person) return superiors
  if (policy.hierarchy !== 'reporting') {
    const above = rolePath(policy, person.role).slice(1)
    for (const role of above) for (const user of policy.roles.get(role)?.users ?? []) superiors.add(user)
  }
  if (policy.hierarchy !== 'roles') for (const manager of managerPath(policy, person.key)) superiors.add(manager)
  superiors.delete(person.key)
  return superiors
}

function sharesOf({ shares }: RecordFacts, { now }: Asking): Map<Principal, GrantedLevel> {
  const highest = new Map<Principal, GrantedLevel>()
  for (const { with: to, level, expiresAt } of shares) {
    if (level === 'none' || (expiresAt !== undefined && expiresAt <= now)) continue
    if (rankOf(level) > rankOf(highest.get(to) ?? 'none')) highest.set(to, level)
  }
  return highest
}

/** A condition that asks nothing of the person is answered once. */
function conditionFor(
  policy: Policy,
  module: PolicyModule,
  when: Condition | undefined,
  facts: RecordFacts,
  asking: Asking,
): (user: PolicyUser) => boolean {
  if (when === undefined) return () => true
  const moment = { ...asking, timeZone: policy.timeZone }
  const ask = (user: PolicyUser | undefined) => holds(bindCondition(policy, module, when, user), facts, moment)
  if (asksForUser(when)) return ask
  const answer = ask(undefined)
  return () => answer
}

function asksForUser(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(asksForUser)
  if ('any' in condition) return condition.any.some(asksForUser)
  if ('not' in condition) return asksForUser(condition.not)
  return typeof condition.value === 'object' && 'user' in condition.value
}

function parentOf(
  policy: Policy,
  module: PolicyModule,
  facts: RecordFacts,
  asking: Asking,
): RecordStandings | undefined {
  if (module.parent === undefined || !facts.parent || facts.parent.deleted) return undefined
  const field = module.fields.get(module.parent)
  return field?.module === undefined ? undefined : standingsOn(policy, facts.parent, asking)
}

type Principals = ReadonlySet<Principal>

function grantsOn(policy: Policy, seen: SeenRecord, user: PolicyUser, principals: Principals): StandingGrant[] {
  const { module, owner, facts } = seen
  const grants: StandingGrant[] = []
  const add = (kind: GrantKind, level: Level, by?: Key) => {
    if (level !== 'none') grants.push({ kind, level, ...(by === undefined ? {} : { by }) })
  }
  if (owner === user.key) add('owner', 'full')
  for (const team of user.teams)
    if (facts.owner === `team:${team}`) add('team', user.leads.includes(team) ? 'full' : 'edit', team)
  if (owner !== undefined) addByTeams(policy, owner, user, add)
  if (owner !== undefined && user.role !== undefined && user.role === seen.ownerRole)
    add('peer', policy.roles.get(user.role)?.peersGet ?? 'none', user.role)
  if (seen.superiors.has(user.key)) add('superior', module.superiorsGet)
  add('default', module.sharing)
  for (const { rule, holdsFor } of seen.sharing) {
    if (rule.with.some((principal) => principals.has(principal)) && holdsFor(user)) add('rule', rule.level, rule.key)
  }
  add('share', highestShare(seen, principals))
  for (const profile of user.profiles) {
    const own = profile.moduleOf(module.key)
    add('profile', own?.modifyAll ? 'full' : own?.viewAll ? 'read' : 'none', profile.key)
  }
  if (seen.parent) add('parent', seen.parent.of(user).level, module.parent)
  return grants
}

function addByTeams(
  policy: Policy,
  owner: Key,
  user: PolicyUser,
  add: (kind: GrantKind, level: Level, by?: Key) => void,
): void {
  for (const key of user.teams) {
    const team = policy.teams.get(key)
    if (!team?.members.includes(owner)) continue
    if (user.leads.includes(key)) add('leader', team.leadersGet, key)
    add('member', team.membersGet, key)
  }
}

function highestShare({ shares }: SeenRecord, principals: Principals): Level {
  let highest: Level = 'none'
  for (const [to, level] of shares) if (principals.has(to) && rankOf(level) > rankOf(highest)) highest = level
  return highest
}

function capsOn(policy: Policy, seen: SeenRecord, user: PolicyUser, principals: Principals): StandingCap[] {
  const touches = (list: readonly Principal[] | undefined) =>
    list?.some((principal) => principals.has(principal)) ?? false
  const restrictions = seen.restricting.filter(
    ({ rule, holdsFor }) => touches(rule.for) && !touches(rule.except) && holdsFor(user),
  )
  return [
    ...(isKeptFrom(policy, seen, user, principals) ? [{ kind: 'confidential', level: 'none' } as const] : []),
    ...restrictions.map(({ rule }) => ({ kind: 'restriction', level: rule.level, by: rule.key }) as const),
  ]
}

function isKeptFrom(policy: Policy, seen: SeenRecord, user: PolicyUser, principals: Principals): boolean {
  const { facts, owner, superiors } = seen
  if (!facts.confidential || owner === user.key) return false
  if (user.teams.some((team) => facts.owner === `team:${team}`)) return false
  if (highestShare(seen, principals) !== 'none') return false
  return !(policy.confidentialSuperiors && superiors.has(user.key))
}
