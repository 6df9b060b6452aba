import { compilePolicy } from '../compile-policy.ts'
import type { Key, ModuleCatalogue, PolicyDocument } from '../document.ts'
import { rankOf } from '../evaluate.ts'
import type { RecordFacts } from '../facts.ts'
import { fields, rankOfAccess } from '../fields.ts'
import type { GrantedLevel } from '../grants.ts'
import { managerPath } from '../people.ts'
import type { Policy } from '../policy.ts'
import { decide, level } from '../reach.ts'
import { type Change, isOfRecord } from './change.ts'
import { changeDocument } from './change-document.ts'
import { changeFacts } from './change-facts.ts'
import type { Refusal } from './refusal.ts'
import { neededAccess } from './refusal.ts'

/** What would be with some changes made. */
export interface Trial {
  /** Whether what is refused would be allowed. */
  allows(changes: readonly Change[]): boolean
  /** Whether the person would have the level on the record, whatever his profiles say. */
  reaches(changes: readonly Change[], needed: GrantedLevel): boolean
  /** How many policies were made for it. */
  readonly made: number
}

/** Policies are made once for the same changes, and of those people alone who have a say in the refusal. */
export function createTrial(policy: Policy, catalogue: ModuleCatalogue, refusal: Refusal): Trial {
  const { user, action, facts, asking, field } = refusal
  const licensed = [...policy.modules.keys()].filter((key) => policy.isLicensed(key))
  const document = documentAbout(policy, refusal)
  const known = new Set(modulesOf(facts))
  const builtIn = only(catalogue, (key) => known.has(key))
  const unchanged = compilePolicy(document, builtIn, new Set(licensed))
  const compiled = new Map<string, Policy>()
  const policyWith = (changes: readonly Change[]) => {
    const ofPolicy = changes.filter((change) => !isOfRecord(change))
    const name = JSON.stringify(ofPolicy)
    const made =
      compiled.get(name) ??
      compilePolicy(ofPolicy.reduce(changeDocument, document), builtIn, licences(licensed, changes), unchanged)
    compiled.set(name, made)
    return made
  }
  return {
    allows: (changes) => {
      const changed = policyWith(changes)
      if (!decide(changed, user, action, changes.reduce(changeFacts, facts), asking)) return false
      if (field === undefined) return true
      const access = fields(changed, user, facts.module).get(field) ?? 'hidden'
      return rankOfAccess(access) >= rankOfAccess(neededAccess(action))
    },
    reaches: (changes, needed) => {
      const has = level(policyWith(changes), user, changes.reduce(changeFacts, facts), asking)
      return rankOf(has) >= rankOf(needed)
    },
    get made() {
      return compiled.size
    },
  }
}

/** The licensed modules once the changes are made. */
export function licences(licensed: Iterable<Key>, changes: readonly Change[]): Set<Key> {
  return new Set([...licensed, ...changes.flatMap((change) => (change.kind === 'license' ? [change.module] : []))])
}

/**
 * What a person may do to a record turns on nobody but him, the owners of it and its parents, and those whom they report to; and on the
 * rules of these records' modules alone.
 */
function documentAbout(policy: Policy, { user, facts }: Refusal): PolicyDocument {
  const { document } = policy
  const modules = new Set(modulesOf(facts))
  const owners = [...ownersOf(facts)].flatMap((owner) => [owner, ...managerPath(policy, owner)])
  const people = new Set([user, ...managerPath(policy, user), ...owners])
  const known = (keys: readonly Key[] | undefined) => keys?.filter((key) => people.has(key))
  const teams = Object.entries(document.teams ?? {}).map(([key, team]) => {
    return [key, { ...team, leaders: known(team.leaders), members: known(team.members) }] as const
  })
  const groups = Object.entries(document.groups ?? {}).map(([key, group]) => {
    const members = group.members?.filter((one) => !one.startsWith('user:') || people.has(one.slice('user:'.length)))
    return [key, { ...group, members }] as const
  })
  return {
    ...document,
    users: only(document.users, (key) => people.has(key)),
    teams: Object.fromEntries(teams),
    groups: Object.fromEntries(groups),
    modules: only(document.modules, (key) => modules.has(key)),
    sharingRules: only(document.sharingRules, (_, rule) => modules.has(rule.module)),
    restrictionRules: only(document.restrictionRules, (_, rule) => modules.has(rule.module)),
  }
}

function only<Entry>(
  table: { readonly [key: Key]: Entry } | undefined,
  isKept: (key: Key, entry: Entry) => boolean,
): { readonly [key: Key]: Entry } {
  return Object.fromEntries(Object.entries(table ?? {}).filter(([key, entry]) => isKept(key, entry)))
}

function* modulesOf(facts: RecordFacts): Iterable<Key> {
  yield facts.module
  if (facts.parent) yield* modulesOf(facts.parent)
}

function* ownersOf(facts: RecordFacts): Iterable<Key> {
  if (facts.owner.startsWith('user:')) yield facts.owner.slice('user:'.length)
  if (facts.parent) yield* ownersOf(facts.parent)
}
