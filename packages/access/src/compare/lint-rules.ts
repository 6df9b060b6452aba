import { bindCondition } from '../conditions.ts'
import type { Key, Principal } from '../document.ts'
import { rankOf } from '../evaluate.ts'
import { type Cap, capsOf, type Grant, grantsOf } from '../grants.ts'
import { ownersIn, usersIn } from '../people.ts'
import type { KeyedRestrictionRule, KeyedSharingRule, Policy, PolicyModule, PolicyUser } from '../policy.ts'
import type { ReachCondition } from '../reach-condition.ts'
import { all, isFalse, TRUE } from '../reach-condition.ts'
import { canHold } from './can-hold.ts'
import { conditionsEqual } from './conditions-equal.ts'

/** A rule that may as well not be there: without it everybody reaches, on whatever records, what he reaches with it. */
export interface RuleFinding {
  /** JSON pointer into the document. */
  readonly path: string
  /** `dead`: it can never match; `shadowed`: it says only what holds anyway; `contradicting`: another rule takes back all of it. */
  readonly kind: 'dead' | 'shadowed' | 'contradicting'
  /** Of what shadows or contradicts it: grants and caps as in an explanation. */
  readonly by: readonly { readonly kind: Grant['kind'] | Cap['kind']; readonly by?: Key }[]
  readonly message: string
  /** Whatever records there are, or as they are now. */
  readonly holds: 'always' | 'now'
}

/**
 * The rules of a policy that change nothing. What is found is certain; there may be others, where only the meaning of conditions
 * would tell.
 */
export function lintRules(policy: Policy): RuleFinding[] {
  return [...policy.modules.values()].flatMap((module) => [
    ...(policy.sharingRules.get(module.key) ?? []).flatMap((rule) => lintSharing(policy, module, rule) ?? []),
    ...(policy.restrictionRules.get(module.key) ?? []).flatMap((rule) => lintRestriction(policy, module, rule) ?? []),
  ])
}

function lintSharing(policy: Policy, module: PolicyModule, rule: KeyedSharingRule): RuleFinding | undefined {
  const finding = findingOf(`/sharingRules/${rule.key}`)
  const people = activeIn(policy, rule.with)
  if (people.length === 0) return finding('dead', 'It shares with nobody who is active.')
  if (rule.ownedBy && ownersIn(policy, rule.ownedBy).size === 0)
    return finding('dead', 'Nobody is among the owners whose records it shares.')
  if (neverHolds(policy, module, rule, people)) return finding('dead', 'Its condition holds on no record, for nobody.')
  const own = (source: Grant | Cap) => source.kind === 'rule' && source.by === rule.key
  const shadows = sourcesCovering(people, (user) => {
    const grants = grantsOf(policy, user, module)
    const others = grants.filter((grant) => !own(grant) && rankOf(grant.level) >= rankOf(rule.level))
    return { part: grants.find(own), others }
  })
  if (shadows) return finding('shadowed', 'Everybody it shares with has that level on those records anyway.', shadows)
  const cuts = sourcesCovering(people, (user) => ({
    part: grantsOf(policy, user, module).find(own),
    others: capsOf(policy, user, module).filter(({ kind, level }) => kind === 'restriction' && level === 'none'),
  }))
  if (cuts) return finding('contradicting', 'A restriction takes all of it from everybody it shares with.', cuts)
  return undefined
}

function lintRestriction(policy: Policy, module: PolicyModule, rule: KeyedRestrictionRule): RuleFinding | undefined {
  const finding = findingOf(`/restrictionRules/${rule.key}`)
  const meant = activeIn(policy, rule.for)
  if (meant.length === 0) return finding('dead', 'It restricts nobody who is active.')
  const excepted = new Set(activeIn(policy, rule.except ?? []))
  const people = meant.filter((user) => !excepted.has(user))
  if (people.length === 0) return finding('contradicting', 'It excepts everybody whom it restricts.')
  if (neverHolds(policy, module, rule, people)) return finding('dead', 'Its condition holds on no record, for nobody.')
  const own = (cap: Cap) => cap.kind === 'restriction' && cap.by === rule.key
  const shadows = sourcesCovering(people, (user) => {
    const caps = capsOf(policy, user, module)
    const others = caps.filter((cap) => !own(cap) && rankOf(cap.level) <= rankOf(rule.level))
    return { part: caps.find(own), others }
  })
  return shadows ? finding('shadowed', 'Everybody it restricts is restricted as far anyway.', shadows) : undefined
}

function findingOf(path: string) {
  return (kind: RuleFinding['kind'], message: string, by: RuleFinding['by'] = []): RuleFinding => {
    return { path, kind, by, message, holds: 'always' }
  }
}

function activeIn(policy: Policy, principals: readonly Principal[]): PolicyUser[] {
  const keys = new Set(principals.flatMap((principal) => [...usersIn(policy, principal)]))
  return [...keys].flatMap((key) => {
    const user = policy.users.get(key)
    return user?.status === 'active' ? [user] : []
  })
}

function neverHolds(
  policy: Policy,
  module: PolicyModule,
  rule: KeyedSharingRule | KeyedRestrictionRule,
  people: readonly PolicyUser[],
): boolean {
  const { when } = rule
  if (when === undefined) return false
  const owned = 'ownedBy' in rule && rule.ownedBy ? { owners: ownersIn(policy, rule.ownedBy) } : TRUE
  return people.every((user) => !canHold(all([owned, bindCondition(policy, module, when, user)]), policy.timeZone))
}

interface Covered {
  /** The rule as it is for a person; nothing where it comes to nothing. */
  readonly part?: Grant | Cap
  readonly others: readonly (Grant | Cap)[]
}

/** What covers the rule for everybody, by name; nothing where it isn't covered for somebody. */
function sourcesCovering(
  people: readonly PolicyUser[],
  ask: (user: PolicyUser) => Covered,
): RuleFinding['by'] | undefined {
  const names = new Map<string, RuleFinding['by'][number]>()
  for (const user of people) {
    const { part, others } = ask(user)
    const covering = part === undefined || isFalse(part.condition) ? [] : findCovering(part.condition, others)
    if (!covering) return undefined
    for (const { kind, by } of covering) names.set(`${kind} ${by ?? ''}`, { kind, ...(by === undefined ? {} : { by }) })
  }
  return [...names.values()]
}

/** Sources that hold wherever the condition does: one that asks for no more, or several that have all its owners between them. */
function findCovering(
  condition: ReachCondition,
  others: readonly (Grant | Cap)[],
): readonly (Grant | Cap)[] | undefined {
  const parts = partsOf(condition)
  const one = others.find((other) => partsOf(other.condition).every((part) => isAsked(part, parts)))
  if (one) return [one]
  const owners = parts.find((part) => 'owners' in part)
  if (!owners) return undefined
  const owning = others.filter((other) => 'owners' in other.condition)
  const isOwned = (owner: string) => owning.some(({ condition: other }) => 'owners' in other && other.owners.has(owner))
  return [...owners.owners].every(isOwned) ? owning : undefined
}

function partsOf(condition: ReachCondition): readonly ReachCondition[] {
  if ('all' in condition) return condition.all
  return 'literal' in condition && condition.literal ? [] : [condition]
}

/** Whether the part holds wherever all of `parts` do. */
function isAsked(part: ReachCondition, parts: readonly ReachCondition[]): boolean {
  return parts.some((own) =>
    'owners' in own && 'owners' in part
      ? [...own.owners].every((owner) => part.owners.has(owner))
      : conditionsEqual(own, part),
  )
}
