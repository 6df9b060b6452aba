import { bindCondition } from '../conditions.ts'
import type { Action, Key, ModuleCatalogue } from '../document.ts'
import { holds, rankOf } from '../evaluate.ts'
import { type Asking, NEEDED_LEVEL, type RecordFacts } from '../facts.ts'
import { fields, rankOfAccess } from '../fields.ts'
import { ownersIn } from '../people.ts'
import { ADMINISTRATOR, compilePolicy, type Policy, type PolicyModule, type PolicyUser } from '../policy.ts'
import { decide } from '../reach.ts'
import { type Standing, standingsOn } from '../standing.ts'
import { type Change, changeDocument, changeFacts, isOfRecord } from './change.ts'

/** A refusal: who may not do what to which record, or to which field of it. */
export interface Refusal {
  readonly user: Key
  readonly action: Action
  readonly facts: RecordFacts
  readonly asking: Asking
  readonly field?: Key
}

/** Changes that allow it together, and of which none could be left out. */
export type Way = readonly Change[]

const MOST_WAYS = 12
const MOST_OF_A_KIND = 3

/**
 * The smallest sets of changes that would allow what is refused: each tried on the document and the record, and without each of its
 * parts. Nothing for what is allowed, and for what no such change cures (a licence, a sign-in window, somebody unknown).
 */
export function findWays(policy: Policy, catalogue: ModuleCatalogue, refusal: Refusal): Way[] {
  const person = policy.users.get(refusal.user)
  const module = policy.modules.get(refusal.facts.module)
  const allows = trial(policy, catalogue, refusal)
  if (!person || !module || allows([])) return []
  const found = new Map<string, Way>()
  for (const candidate of candidates(policy, person, module, refusal)) {
    if (found.size >= MOST_WAYS) break
    if (!allows(candidate)) continue
    const way = withoutNeedless(candidate, allows)
    found.set(JSON.stringify(way), way)
  }
  return [...found.values()].sort((one, other) => one.length - other.length)
}

/** Whether it is allowed with some changes made: policies are compiled once for the same changes. */
function trial(policy: Policy, catalogue: ModuleCatalogue, { user, action, facts, asking, field }: Refusal) {
  const licensed = new Set([...policy.modules.keys()].filter((key) => policy.isLicensed(key)))
  const compiled = new Map<string, Policy>([['[]', policy]])
  const policyWith = (changes: readonly Change[]) => {
    const name = JSON.stringify(changes)
    const known = compiled.get(name)
    const made = known ?? compilePolicy(changes.reduce(changeDocument, policy.document), catalogue, licensed)
    compiled.set(name, made)
    return made
  }
  return (changes: readonly Change[]): boolean => {
    const changed = policyWith(changes.filter((change) => !isOfRecord(change)))
    const record = changes.reduce(changeFacts, facts)
    if (!decide(changed, user, action, record, asking)) return false
    if (field === undefined) return true
    const access = fields(changed, user, facts.module).get(field) ?? 'hidden'
    return rankOfAccess(access) >= rankOfAccess(neededAccess(action))
  }
}

function neededAccess(action: Action): 'read' | 'edit' {
  return action === 'create' || action === 'update' || action === 'overwrite' || action === 'mass' ? 'edit' : 'read'
}

function withoutNeedless(candidate: Way, allows: (changes: Way) => boolean): Way {
  return candidate.reduce<Way>((kept, change) => {
    const without = kept.filter((one) => one !== change)
    return allows(without) ? without : kept
  }, candidate)
}

/** What every obstacle could be met by, each with each; more than needed is taken out again. */
function* candidates(policy: Policy, person: PolicyUser, module: PolicyModule, refusal: Refusal): Iterable<Way> {
  const { facts, action } = refusal
  const active: PolicyUser = { ...person, status: 'active' }
  const standing = standingsOn(policy, { ...facts, deleted: false }, refusal.asking)?.of(active)
  const needed = NEEDED_LEVEL[action] ?? 'none'
  const always: Change[] = [
    ...(person.status === 'active' ? [] : [{ kind: 'activate', user: person.key } as const]),
    ...(facts.deleted ? [{ kind: 'restore' } as const] : []),
    ...exceptions(person, standing, needed),
  ]
  for (const level of levelOptions(policy, active, module, refusal, standing)) {
    for (const acting of actionOptions(policy, active, module, action)) {
      for (const field of fieldOptions(active, module, refusal, acting))
        yield [...level, ...acting, ...field, ...always]
    }
  }
}

function exceptions(
  person: PolicyUser,
  standing: Standing | undefined,
  needed: 'none' | 'read' | 'edit' | 'full',
): Change[] {
  const cutting = (standing?.caps ?? []).filter(
    (cap) => cap.kind === 'restriction' && rankOf(cap.level) < rankOf(needed),
  )
  return cutting.flatMap(({ by }) =>
    by === undefined ? [] : [{ kind: 'exceptFromRestriction', user: person.key, rule: by } as const],
  )
}

function levelOptions(
  policy: Policy,
  person: PolicyUser,
  module: PolicyModule,
  { action, facts, asking }: Refusal,
  standing: Standing | undefined,
): Way[] {
  const needed = NEEDED_LEVEL[action]
  if (needed === undefined) return [[]]
  const isGranted = (standing?.grants ?? []).some(({ level }) => rankOf(level) >= rankOf(needed))
  const isKept = (standing?.caps ?? []).some(({ kind }) => kind === 'confidential')
  const lifted: Change[] = isKept ? [{ kind: 'liftConfidential' }] : []
  const share: Change = { kind: 'share', user: person.key, level: isGranted && isKept ? 'read' : needed }
  if (isGranted) return isKept ? [[share], lifted] : [[]]
  const moment = { ...asking, timeZone: policy.timeZone }
  const rules = (policy.sharingRules.get(module.key) ?? []).filter(
    (rule) =>
      rankOf(rule.level) >= rankOf(needed) &&
      (rule.ownedBy === undefined || ownersIn(policy, rule.ownedBy).has(facts.owner)) &&
      (rule.when === undefined || holds(bindCondition(policy, module, rule.when, person), facts, moment)),
  )
  const groups = new Set(rules.flatMap((rule) => rule.with.filter((principal) => principal.startsWith('group:'))))
  const joined = [...groups].slice(0, MOST_OF_A_KIND).map((principal): Way => {
    return [{ kind: 'joinGroup', user: person.key, group: principal.slice('group:'.length) }, ...lifted]
  })
  return [[share], ...joined]
}

function actionOptions(policy: Policy, person: PolicyUser, module: PolicyModule, action: Action): Way[] {
  const wanted: readonly Action[] =
    action === 'create' || action === 'import' || action === 'read' ? [action] : [action, 'read']
  const grants = (profile: PolicyUser['profiles'][number], one: Action) =>
    profile.moduleOf(module.key)?.actions?.includes(one) ?? false
  const actions = wanted.filter((one) => !person.profiles.some((profile) => grants(profile, one)))
  if (actions.length === 0) return [[]]
  const own = ordinary(person.profiles).map(
    (profile): Way => [{ kind: 'grantActions', profile: profile.key, module: module.key, actions }],
  )
  const others = ordinary([...policy.profiles.values()])
    .filter((profile) => actions.every((one) => grants(profile, one)))
    .map((profile): Way => [{ kind: 'giveProfile', user: person.key, profile: profile.key }])
  return [...own.slice(0, MOST_OF_A_KIND), ...others.slice(0, MOST_OF_A_KIND)]
}

/** The administrator's profile is nobody's to change, and too much to be given. */
function ordinary(profiles: PolicyUser['profiles']): PolicyUser['profiles'] {
  return profiles.filter(({ key }) => key !== ADMINISTRATOR)
}

function fieldOptions(person: PolicyUser, module: PolicyModule, { field, action }: Refusal, acting: Way): Way[] {
  if (field === undefined || !module.fields.has(field)) return [[]]
  const given = acting.flatMap((change) => ('profile' in change ? [change.profile] : []))
  const own = ordinary(person.profiles).map(({ key }) => key)
  const access = neededAccess(action)
  const opened = [...new Set([...own, ...given])].slice(0, MOST_OF_A_KIND).map((profile): Way => {
    return [{ kind: 'openField', profile, module: module.key, field, access }]
  })
  return [[], ...opened]
}
