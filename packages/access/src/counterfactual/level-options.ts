import { rankOf } from '../evaluate.ts'
import type { Asking, RecordFacts } from '../facts.ts'
import type { GrantedLevel } from '../grants.ts'
import type { Policy, PolicyModule, PolicyUser } from '../policy.ts'
import { type Standing, standingsOn } from '../standing.ts'
import { ordinary } from './admission-options.ts'
import type { Change, RecordAbove } from './change.ts'
import type { Way } from './refusal.ts'

/** The record in question, or one of its parents. */
export interface Side {
  readonly module: PolicyModule
  readonly facts: RecordFacts
  readonly on?: RecordAbove
}

/** The record, and above it what its module's parents lead to, nearest first. */
export function sidesOf(policy: Policy, facts: RecordFacts, above = 0): Side[] {
  const module = policy.modules.get(facts.module)
  if (!module) return []
  const { id } = facts
  const on = { above, module: module.key, ...(id === undefined ? {} : { id }) }
  const side = { module, facts, ...(above === 0 ? {} : { on }) }
  const leads = module.parent !== undefined && module.fields.get(module.parent)?.module !== undefined
  return leads && facts.parent ? [side, ...sidesOf(policy, facts.parent, above + 1)] : [side]
}

export interface LevelQuestion {
  readonly policy: Policy
  /** As if he were active. */
  readonly person: PolicyUser
  readonly asking: Asking
  readonly needed: GrantedLevel
}

/** Steps on the record, its parents and what restricts him there, that together bring the person to the level. */
export function levelOptions(question: LevelQuestion, sides: readonly Side[]): Way[] {
  const [side, ...parents] = sides
  if (!side) return []
  const { policy, person, asking, needed } = question
  const standing = standingsOn(policy, { ...side.facts, deleted: false }, asking)?.of(person)
  if (!standing) return []
  const isGranted = standing.grants.some(({ level }) => rankOf(level) >= rankOf(needed))
  const giving = isGranted ? [[]] : [...givingOptions(question, side), ...levelOptions(question, parents)]
  const fixed = [...restored(side), ...exceptions(question, standing)]
  return giving.flatMap((way) => lifted(question, side, standing).map((lift) => [...way, ...lift, ...fixed]))
}

function givingOptions({ policy, person, needed }: LevelQuestion, { module, on }: Side): Way[] {
  const here = on ? { on } : {}
  const owners = [`user:${person.key}`, ...person.teams.map((team) => `team:${team}`)]
  const overriding = ordinary(policy.profiles.values()).filter((profile) => {
    const own = profile.moduleOf(module.key)
    return !person.profiles.includes(profile) && (own?.modifyAll || (own?.viewAll && needed === 'read'))
  })
  return [
    [{ kind: 'share', user: person.key, level: needed, ...here }],
    ...owners.map((to): Way => [{ kind: 'transfer', to, ...here }]),
    ...overriding.map(({ key }): Way => [{ kind: 'giveProfile', user: person.key, profile: key }]),
  ]
}

/** What else could open a confidential record to him. What gives him the level may do so by itself. */
function lifted({ person }: LevelQuestion, { on }: Side, { caps }: Standing): Way[] {
  if (!caps.some(({ kind }) => kind === 'confidential')) return [[]]
  const here = on ? { on } : {}
  return [[], [{ kind: 'liftConfidential', ...here }], [{ kind: 'share', user: person.key, level: 'read', ...here }]]
}

/** A record itself is brought back whatever else is done; see `findWays`. */
function restored({ facts, on }: Side): Change[] {
  return facts.deleted && on ? [{ kind: 'restore', on }] : []
}

function exceptions({ person, needed }: LevelQuestion, { caps }: Standing): Change[] {
  const cutting = caps.filter(({ kind, level }) => kind === 'restriction' && rankOf(level) < rankOf(needed))
  return cutting.flatMap(({ by }) =>
    by === undefined ? [] : [{ kind: 'exceptFromRestriction', user: person.key, rule: by } as const],
  )
}

/**
 * What takes away all that may bar him from a level that he is otherwise given, by belonging somewhere, say: the fewest steps first. All
 * of it; what isn't needed is left out later.
 */
export function unbarringOptions(question: LevelQuestion, sides: readonly Side[]): Way[] {
  const { policy, person, asking } = question
  const fixed = sides.flatMap((side) => {
    const standing = standingsOn(policy, { ...side.facts, deleted: false }, asking)?.of(person)
    return [...restored(side), ...(standing ? exceptions(question, standing) : [])]
  })
  const closed = sides.filter(({ facts }) => facts.confidential).map(({ on }) => (on ? { on } : {}))
  if (closed.length === 0) return [fixed]
  const lifted = closed.map((here): Change => ({ kind: 'liftConfidential', ...here }))
  const shared = closed.map((here): Change => ({ kind: 'share', user: person.key, level: 'read', ...here }))
  return [fixed, [...fixed, ...lifted], [...fixed, ...shared]]
}

/** Every single step on the record or a parent, whatever it would bring. */
export function recordSteps({ person, needed }: LevelQuestion, sides: readonly Side[]): Change[] {
  return sides.flatMap(({ facts, on }): Change[] => {
    const here = on ? { on } : {}
    const owners = [`user:${person.key}`, ...person.teams.map((team) => `team:${team}`)]
    return [
      { kind: 'share', user: person.key, level: needed, ...here },
      // A confidential record may be shared for less than he has on it anyway.
      ...(facts.confidential ? [{ kind: 'share', user: person.key, level: 'read', ...here } as const] : []),
      ...owners.filter((to) => to !== facts.owner).map((to) => ({ kind: 'transfer', to, ...here }) as const),
      ...(facts.confidential ? [{ kind: 'liftConfidential', ...here } as const] : []),
      ...(facts.deleted ? [{ kind: 'restore', ...here } as const] : []),
    ]
  })
}
