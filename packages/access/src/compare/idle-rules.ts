import type { Key } from '../document.ts'
import { rankOf } from '../evaluate.ts'
import type { Cap, Grant } from '../grants.ts'
import type { KeyedRestrictionRule, KeyedSharingRule, Policy } from '../policy.ts'
import { type ClassIndex, indexClasses, united } from './class-index.ts'
import type { ModulePlan } from './compare-plan.ts'
import type { RuleFinding } from './lint-rules.ts'
import { createIntern, fingerprintOf } from './reach-fingerprint.ts'
import { addNamed, addNeeded, type NeededSides, neededSide, type RecordClasses, whereHolds } from './record-classes.ts'
import { type PolicySide, type Sources, sourcesOf } from './sources.ts'
import { ZoneUnion } from './zone-union.ts'

/** Rules of one module, and whom and which records has to be looked at to tell what they do. */
export interface IdlePlan extends ModulePlan {
  readonly rules: readonly Key[]
  /** People whom the rules reach, those alike together: they differ only in what is theirs by name. */
  readonly alike: readonly (readonly Key[])[]
}

/** Yields how many people it has looked at, so that whoever walks it may pause. `rules`: their paths in the document. */
export function* planIdleRules(
  side: PolicySide,
  rules: ReadonlySet<string>,
  modules: readonly Key[],
): Generator<number, IdlePlan[]> {
  const fingerprint = fingerprintOf(side.policy, createIntern())
  const plans: IdlePlan[] = []
  for (const module of modules) {
    const own = rulesOf(side.policy, module).filter((path) => rules.has(path))
    if (own.length === 0) continue
    const people = [...side.policy.users.values()].filter(({ status }) => status === 'active')
    const groups = Map.groupBy(people, ({ key }) => fingerprint(key, module))
    plans.push(
      yield* planModule(
        side,
        module,
        own,
        [...groups.values()].map((group) => group.map(({ key }) => key)),
      ),
    )
  }
  return plans
}

function* planModule(
  side: PolicySide,
  module: Key,
  rules: readonly Key[],
  groups: readonly (readonly Key[])[],
): Generator<number, IdlePlan> {
  const zone = new ZoneUnion()
  const needed: NeededSides = new Map([['', neededSide(module)]])
  const alike: (readonly Key[])[] = []
  for (const [at, group] of groups.entries()) {
    if (at % 50 === 0) yield at
    const { grants, caps } = sourcesOf(side, group[0] ?? '', module)
    const watched = [...grants, ...caps].filter((source) => isWatched(source, rules))
    if (watched.length === 0) continue
    for (const { condition } of watched) zone.add(condition)
    for (const { condition } of [...grants, ...caps]) addNeeded(needed, module, condition)
    alike.push(group)
  }
  addNeeded(needed, module, zone.condition)
  addNamed(
    needed,
    alike.flatMap((group) => (group.length > 1 ? group.map((key) => `user:${key}`) : [])),
  )
  return { module, groups: [], zone: zone.condition, needed, rules, alike }
}

function rulesOf({ sharingRules, restrictionRules }: Policy, module: Key): string[] {
  return [
    ...(sharingRules.get(module) ?? []).map(({ key }) => `/sharingRules/${key}`),
    ...(restrictionRules.get(module) ?? []).map(({ key }) => `/restrictionRules/${key}`),
  ]
}

function isWatched(source: Grant | Cap, rules: readonly string[]): boolean {
  const path = pathOf(source)
  return path !== undefined && rules.includes(path)
}

function pathOf({ kind, by }: Grant | Cap): string | undefined {
  if (kind === 'rule') return `/sharingRules/${by}`
  return kind === 'restriction' ? `/restrictionRules/${by}` : undefined
}

/**
 * Those of the plan's rules that, the records being what they are, could go without anybody's level changing on any of them: counted, not
 * guessed. The classes are of the plan's records.
 */
export function* findIdleRules(
  side: PolicySide,
  plan: IdlePlan,
  classes: RecordClasses,
): Generator<number, RuleFinding[]> {
  const index = indexClasses(classes)
  const watched = new Map(plan.rules.map((path) => [path, new Watched(path)]))
  const everywhere = Int32Array.from({ length: classes.counts.length }, (_, at) => at)
  for (const [at, [first = '', ...others]] of plan.alike.entries()) {
    yield at
    look(side, plan.module, first, watched, index, everywhere)
    for (const user of others) {
      const named = united([index.ofPerson(`user:${first}`), index.ofPerson(`user:${user}`)])
      if (named.length > 0) look(side, plan.module, user, watched, index, named)
    }
    if (watched.size === 0) break
  }
  return [...watched.values()].map((rule) => rule.finding())
}

/** Notes what the rules do for a person on the classes; one that does something isn't watched any more. */
function look(
  side: PolicySide,
  module: Key,
  user: Key,
  watched: Map<string, Watched>,
  { classes }: ClassIndex,
  among: Int32Array,
): void {
  const sources = sourcesOf(side, user, module)
  const rules = [...sources.grants, ...sources.caps].filter((source) => watched.has(pathOf(source) ?? ''))
  if (rules.length === 0) return
  const held = new Map(
    [...sources.grants, ...sources.caps].map((source) => [source, whereHolds(classes, source.condition, among)]),
  )
  for (const rule of rules) {
    const path = pathOf(rule) ?? ''
    const places = held.get(rule) ?? new Uint8Array(0)
    for (let at = 0; at < places.length && watched.has(path); at++) {
      if (places[at] !== 1) continue
      const there = (source: Grant | Cap) => held.get(source)?.[at] === 1
      const without = { grants: sources.grants.filter(there), caps: sources.caps.filter(there) }
      if (!watched.get(path)?.note(rule, without)) watched.delete(path)
    }
  }
}

function levelOf({ grants, caps }: Sources): number {
  const given = grants.reduce((most, { level }) => Math.max(most, rankOf(level)), 0)
  return caps.reduce((least, { level }) => Math.min(least, rankOf(level)), given)
}

/** Causes that are named of those that make a rule idle. */
const MOST_NAMED = 5

class Watched {
  readonly #path: string
  readonly #by = new Map<string, RuleFinding['by'][number]>()
  #matches = false
  /** Whether restrictions leave nothing of what it gives, wherever it gives something. */
  #isTaken = true

  constructor(path: string) {
    this.#path = path
  }

  /** @returns whether the rule, where it applies beside these, may still be idle. */
  note(rule: Grant | Cap, { grants, caps }: Sources): boolean {
    this.#matches = true
    const others = { grants: grants.filter((one) => one !== rule), caps: caps.filter((one) => one !== rule) }
    const isIdle = levelOf(others) === levelOf({ grants, caps })
    if (!isIdle) return false
    const isSharing = rule.kind === 'rule'
    const taking = others.caps.filter(({ kind, level }) => kind === 'restriction' && level === 'none')
    if (isSharing && taking.length === 0) this.#isTaken = false
    this.#name(isSharing ? [...taking, ...covering(rule, others)] : lowering(rule, others))
    return true
  }

  #name(causes: readonly (Grant | Cap)[]): void {
    const names = causes.map(({ kind, by }) => ({ kind, ...(by === undefined ? {} : { by }) }))
    const isNamed = names.some(({ kind, by }) => this.#by.has(`${kind} ${by ?? ''}`))
    const [first] = names
    if (first && !isNamed && this.#by.size < MOST_NAMED) this.#by.set(`${first.kind} ${first.by ?? ''}`, first)
  }

  finding(): RuleFinding {
    const found = { path: this.#path, by: [...this.#by.values()], holds: 'now' } as const
    const isSharing = this.#path.startsWith('/sharingRules/')
    if (!this.#matches)
      return { ...found, kind: 'dead', message: 'It matches none of the records there are, for nobody.' }
    if (isSharing && this.#isTaken) {
      const message =
        'Of the records there are, restrictions take every one that it shares from everybody it shares it with.'
      return { ...found, kind: 'contradicting', message }
    }
    const message = isSharing
      ? 'Of the records there are, it gives nobody a level that he hasn’t anyway.'
      : 'Of the records there are, it takes nothing from anybody that he would have without it.'
    return { ...found, kind: 'shadowed', message }
  }
}

function covering(rule: Grant | Cap, { grants, caps }: Sources): (Grant | Cap)[] {
  const enough = grants.filter(({ level }) => rankOf(level) >= rankOf(rule.level))
  return enough.length > 0 ? enough : caps.filter(({ level }) => rankOf(level) < rankOf(rule.level))
}

function lowering(rule: Grant | Cap, { caps }: Sources): Cap[] {
  return caps.filter(({ level }) => rankOf(level) <= rankOf(rule.level))
}

/** The paths of all rules of the policy's modules. */
export function rulePaths(policy: Policy): string[] {
  const paths = (rules: readonly (KeyedSharingRule | KeyedRestrictionRule)[], section: string) =>
    rules.map(({ key }) => `/${section}/${key}`)
  return [
    ...[...policy.sharingRules.values()].flatMap((rules) => paths(rules, 'sharingRules')),
    ...[...policy.restrictionRules.values()].flatMap((rules) => paths(rules, 'restrictionRules')),
  ]
}
