import type { Key, ModuleCatalogue, PolicyDocument, UserDefinition } from '../document.ts'
import { rankOf } from '../evaluate.ts'
import type { RecordFacts } from '../facts.ts'
import { fields, rankOfAccess } from '../fields.ts'
import type { GrantedLevel } from '../grants.ts'
import { managerPath } from '../people.ts'
import { compilePolicy, type Policy } from '../policy.ts'
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
  const compiled = new Map<string, Policy>()
  const policyWith = (changes: readonly Change[]) => {
    const ofPolicy = changes.filter((change) => !isOfRecord(change))
    const name = JSON.stringify(ofPolicy)
    const known = compiled.get(name)
    const made =
      known ?? compilePolicy(ofPolicy.reduce(changeDocument, document), catalogue, licences(licensed, changes))
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

/** What a person may do to a record turns on nobody but him, the owners of it and its parents, and those whom they report to. */
function documentAbout(policy: Policy, { user, facts }: Refusal): PolicyDocument {
  const users: { [key: Key]: UserDefinition } = {}
  const owners = [...ownersOf(facts)].flatMap((owner) => [owner, ...managerPath(policy, owner)])
  for (const key of [user, ...managerPath(policy, user), ...owners]) {
    const definition = policy.users.has(key) ? policy.document.users?.[key] : undefined
    if (definition) users[key] = definition
  }
  return { ...policy.document, users }
}

function* ownersOf(facts: RecordFacts): Iterable<Key> {
  if (facts.owner.startsWith('user:')) yield facts.owner.slice('user:'.length)
  if (facts.parent) yield* ownersOf(facts.parent)
}
