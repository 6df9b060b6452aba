import type { Action, FieldAccess, Key, Level } from './document.ts'
import { holds, rankOf } from './evaluate.ts'
import type { Asking, RecordFacts, ShareFact } from './facts.ts'
import { NEEDED_LEVEL } from './facts.ts'
import { fields, rankOfAccess } from './fields.ts'
import type { Cap, CapKind, Grant, GrantedLevel, GrantKind } from './grants.ts'
import { capsOf, grantsOf } from './grants.ts'
import { managerPath, principalsOf, rolePath } from './people.ts'
import type { Policy, PolicyUser } from './policy.ts'
import type { Missing } from './reach.ts'
import { decide, level, missingOnModule } from './reach.ts'

/** A grant that applied to the record, with what caused it. */
export interface GrantApplied {
  readonly kind: GrantKind
  readonly level: GrantedLevel
  /** The rule, team, role, profile or lookup field it comes from. */
  readonly by?: Key
  /** Of `superior`: from the person down to the owner, roles (`role:…`) or people (`user:…`). */
  readonly path?: readonly string[]
  /** Of `share`: the share that reached him. */
  readonly share?: ShareFact
  /** Of `parent`: why he reaches the parent. */
  readonly parent?: Explanation
}

export interface CapApplied {
  readonly kind: CapKind
  readonly level: Level
  readonly by?: Key
}

export interface Explanation {
  readonly user: Key
  readonly action: Action
  readonly module: Key
  readonly id?: string
  readonly allowed: boolean
  readonly level: Level
  readonly needed?: Level
  readonly grants: readonly GrantApplied[]
  readonly caps: readonly CapApplied[]
  /** Of a no: what was missing. */
  readonly missing: readonly Missing[]
  readonly field?: { readonly key: Key; readonly access: FieldAccess; readonly allowed: boolean }
}

/** The decision with every grant that applied and every cap that cut; for a no, what was missing. Law: section 7. */
export function explain(
  policy: Policy,
  user: Key,
  action: Action,
  facts: RecordFacts,
  asking: Asking,
  field?: Key,
): Explanation {
  const has = level(policy, user, facts, asking)
  const access = field === undefined ? undefined : fieldDecision(policy, user, action, facts.module, field)
  return {
    user,
    action,
    module: facts.module,
    ...(facts.id === undefined ? {} : { id: facts.id }),
    allowed: decide(policy, user, action, facts, asking) && access?.allowed !== false,
    level: has,
    needed: NEEDED_LEVEL[action],
    grants: grantsApplied(policy, user, action, facts, asking),
    caps: capsApplied(policy, user, facts, asking),
    missing: missingOnRecord(policy, user, action, facts, asking, has),
    ...(access ? { field: access } : {}),
  }
}

function fieldDecision(policy: Policy, user: Key, action: Action, module: Key, key: Key) {
  const access = fields(policy, user, module).get(key) ?? 'hidden'
  const writes = action === 'create' || action === 'update' || action === 'overwrite' || action === 'mass'
  return { key, access, allowed: rankOfAccess(access) >= rankOfAccess(writes ? 'edit' : 'read') }
}

/** What was missing, of somebody who has the level on the record. */
export function missingOnRecord(
  policy: Policy,
  user: Key,
  action: Action,
  facts: RecordFacts,
  asking: Asking,
  has: Level,
): Missing[] {
  const onModule = missingOnModule(policy, user, facts.module, action, asking)
  const needs = NEEDED_LEVEL[action]
  const short = needs !== undefined && rankOf(has) < rankOf(needs)
  return [
    ...(onModule ? [onModule] : []),
    ...(facts.deleted && needs ? [{ kind: 'deleted' } as const] : []),
    ...(short && !facts.deleted ? [{ kind: 'level', has, needs } as const] : []),
  ]
}

function grantsApplied(policy: Policy, user: Key, action: Action, facts: RecordFacts, asking: Asking): GrantApplied[] {
  const person = policy.users.get(user)
  const module = policy.modules.get(facts.module)
  if (person?.status !== 'active' || !module) return []
  const moment = { ...asking, timeZone: policy.timeZone }
  const applied = grantsOf(policy, person, module).filter((grant) => holds(grant.condition, facts, moment))
  return strongestOfEach(applied).map((grant) => withCause(policy, person, action, facts, asking, grant))
}

/** Shares and parents stand as a grant per level; the highest says it all. */
function strongestOfEach(grants: readonly Grant[]): Grant[] {
  return grants.filter(
    (grant) => !grants.some((other) => sameSource(other, grant) && rankOf(other.level) > rankOf(grant.level)),
  )
}

function sameSource(a: Grant, b: Grant): boolean {
  return a.kind === b.kind && a.by === b.by && (a.kind === 'share' || a.kind === 'parent')
}

function withCause(
  policy: Policy,
  person: PolicyUser,
  action: Action,
  facts: RecordFacts,
  asking: Asking,
  { kind, level: granted, by }: Grant,
): GrantApplied {
  const grant = { kind, level: granted, ...(by === undefined ? {} : { by }) }
  if (kind === 'superior') return { ...grant, path: superiorPath(policy, person, facts.owner.slice('user:'.length)) }
  if (kind === 'share') return { ...grant, share: strongestShare(policy, person, facts, asking) }
  if (kind === 'parent' && facts.parent)
    return { ...grant, parent: explain(policy, person.key, action, facts.parent, asking) }
  return grant
}

/** From the person down to the owner below him. */
export function superiorPath(policy: Policy, person: PolicyUser, owner: Key): string[] {
  const roles = rolePath(policy, policy.users.get(owner)?.role)
  const below = person.role === undefined ? -1 : roles.indexOf(person.role)
  if (policy.hierarchy !== 'reporting' && below > 0) {
    const down = roles.slice(0, below + 1).reverse()
    return down.map((role) => `role:${role}`)
  }
  const managers = managerPath(policy, owner)
  const chain = [owner, ...managers.slice(0, managers.indexOf(person.key) + 1)].reverse()
  return chain.map((key) => `user:${key}`)
}

/** Of the shares that reach the person, one of the highest level. */
export function strongestShare(
  policy: Policy,
  person: PolicyUser,
  facts: RecordFacts,
  asking: Asking,
): ShareFact | undefined {
  const principals = principalsOf(policy, person)
  return facts.shares
    .filter((share) => principals.has(share.with) && (share.expiresAt === undefined || share.expiresAt > asking.now))
    .reduce<ShareFact | undefined>(
      (best, one) => (best && rankOf(best.level) >= rankOf(one.level) ? best : one),
      undefined,
    )
}

function capsApplied(policy: Policy, user: Key, facts: RecordFacts, asking: Asking): CapApplied[] {
  const person = policy.users.get(user)
  const module = policy.modules.get(facts.module)
  if (person?.status !== 'active' || !module) return []
  const moment = { ...asking, timeZone: policy.timeZone }
  return capsOf(policy, person, module)
    .filter((cap) => holds(cap.condition, facts, moment))
    .map(({ kind, level: most, by }: Cap) => ({ kind, level: most, ...(by === undefined ? {} : { by }) }))
}
