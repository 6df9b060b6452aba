import type { Action, Key } from '../document.ts'
import { rankOf, resolveValue } from '../evaluate.ts'
import type { Asking } from '../facts.ts'
import { NEEDED_LEVEL } from '../facts.ts'
import { type Cap, capsOf, type Grant, grantsOf } from '../grants.ts'
import { isActionGranted, type Policy } from '../policy.ts'
import { levelReach, reachCondition } from '../reach.ts'
import type { ReachCondition } from '../reach-condition.ts'
import { any, FALSE, TRUE } from '../reach-condition.ts'
import { conditionsEqual } from './conditions-equal.ts'
import { type RecordClasses, whereHolds } from './record-classes.ts'
import { whereDiffering } from './where-differing.ts'

/** One of the two policies of a comparison, and the moment at which both are asked. */
export interface PolicySide {
  readonly policy: Policy
  readonly asking: Asking
  /** Makes a condition askable of the records as they are: fields that aren't there yet are empty. */
  readonly settle?: (condition: ReachCondition, module: Key) => ReachCondition
}

/** All that gives a person a level on records of a module, and all that takes it away; nobody, and who isn't active, has none. */
export interface Sources {
  readonly grants: readonly Grant[]
  readonly caps: readonly Cap[]
}

const NO_SOURCES: Sources = { grants: [], caps: [] }

export function sourcesOf({ policy, asking, settle }: PolicySide, user: Key, moduleKey: Key): Sources {
  const person = policy.users.get(user)
  const module = policy.modules.get(moduleKey)
  if (person?.status !== 'active' || !module) return NO_SOURCES
  const moment = { ...asking, timeZone: policy.timeZone }
  const settled = <Source extends Grant | Cap>(source: Source): Source => {
    const dated = withDates(source.condition, moment)
    return { ...source, condition: settle ? settle(dated, moduleKey) : dated }
  }
  return {
    grants: grantsOf(policy, person, module).map(settled),
    caps: capsOf(policy, person, module).map(settled),
  }
}

/** On which records the person may do the action, as a comparison asks: by profiles and levels, whatever the clock says. */
export function actionReach(
  { policy, asking, settle }: PolicySide,
  user: Key,
  module: Key,
  action: Action,
): ReachCondition {
  const person = policy.users.get(user)
  const needed = NEEDED_LEVEL[action]
  if (!person || needed === undefined || !isActionGranted(person, module, action)) return FALSE
  const condition = reachCondition(levelReach(policy, user, module, needed))
  const dated = withDates(condition, { ...asking, timeZone: policy.timeZone })
  return settle ? settle(dated, module) : dated
}

/** Puts today's date in, since the two policies may keep different time zones. */
function withDates(condition: ReachCondition, moment: Asking & { readonly timeZone: string }): ReachCondition {
  const inside = (part: ReachCondition) => withDates(part, moment)
  if ('all' in condition) return { all: condition.all.map(inside) }
  if ('any' in condition) return { any: condition.any.map(inside) }
  if ('not' in condition) return { not: inside(condition.not) }
  if ('parent' in condition) return { parent: { ...condition.parent, condition: inside(condition.parent.condition) } }
  if (!('compare' in condition)) return condition
  const { compare } = condition
  const value = resolveValue(compare.value, compare.type, moment)
  return { compare: { ...compare, ...(value === undefined ? {} : { value }) } }
}

/**
 * Of each class among `among`, the level before and after as a rank, 0 to 3: the highest grant under the lowest cap. Law: section 3.
 * What is the same in both is looked at once.
 */
export function levelsOf(
  same: Sources,
  changed: readonly ChangedSource[],
  classes: RecordClasses,
  among: Int32Array,
): readonly [before: Uint8Array, after: Uint8Array] {
  const [given, left] = [new Uint8Array(among.length), new Uint8Array(among.length).fill(HIGHEST)]
  raise(given, same.grants, classes, among)
  lower(left, same.caps, classes, among)
  const levels = (when: 'before' | 'after') => {
    const [own, under] = [Uint8Array.from(given), Uint8Array.from(left)]
    for (const source of changed) {
      if (source.isCap) lower(under, source[when], classes, among)
      else raise(own, source[when], classes, among)
    }
    return own.map((level, at) => Math.min(level, under[at] ?? 0))
  }
  return [levels('before'), levels('after')]
}

/** The highest rank of a level. */
const HIGHEST = rankOf('full')

function raise(levels: Uint8Array, grants: readonly (Grant | Cap)[], classes: RecordClasses, among: Int32Array): void {
  for (const { level, condition } of grants) {
    const [held, rank] = [whereHolds(classes, condition, among), rankOf(level)]
    for (let at = 0; at < held.length; at++) if (held[at] === 1 && (levels[at] ?? 0) < rank) levels[at] = rank
  }
}

function lower(levels: Uint8Array, caps: readonly (Grant | Cap)[], classes: RecordClasses, among: Int32Array): void {
  for (const { level, condition } of caps) {
    const [held, rank] = [whereHolds(classes, condition, among), rankOf(level)]
    for (let at = 0; at < held.length; at++) if (held[at] === 1 && (levels[at] ?? 0) > rank) levels[at] = rank
  }
}

/** A grant or cap by its name, as it is in either policy: a rule, a team's leadership, the profile's `viewAll`. */
export interface ChangedSource {
  readonly kind: Grant['kind'] | Cap['kind']
  readonly by?: Key
  readonly isCap: boolean
  readonly before: readonly (Grant | Cap)[]
  readonly after: readonly (Grant | Cap)[]
}

/** The sources that aren't the same in both: what can be responsible for a gain or loss. */
export function changedSources(before: Sources, after: Sources): ChangedSource[] {
  return [...changedAmong(before.grants, after.grants, false), ...changedAmong(before.caps, after.caps, true)]
}

export function unchangedSources({ grants, caps }: Sources, changed: readonly ChangedSource[]): Sources {
  const names = new Set(changed.map(sourceName))
  return {
    grants: grants.filter((grant) => !names.has(sourceName(grant))),
    caps: caps.filter((cap) => !names.has(sourceName(cap))),
  }
}

/** Grants and caps are of different kinds: their names are never the same. */
function sourceName({ kind, by }: Pick<ChangedSource, 'kind' | 'by'>): string {
  return `${kind} ${by ?? ''}`
}

function changedAmong(
  before: readonly (Grant | Cap)[],
  after: readonly (Grant | Cap)[],
  isCap: boolean,
): ChangedSource[] {
  const [had, has] = [Map.groupBy(before, sourceName), Map.groupBy(after, sourceName)]
  return [...new Set([...had.keys(), ...has.keys()])].flatMap((key) => {
    const [one = [], other = []] = [had.get(key), has.get(key)]
    const source = one[0] ?? other[0]
    if (!source || sourcesEqual(one, other)) return []
    return [
      { kind: source.kind, ...(source.by === undefined ? {} : { by: source.by }), isCap, before: one, after: other },
    ]
  })
}

function sourcesEqual(one: readonly (Grant | Cap)[], other: readonly (Grant | Cap)[]): boolean {
  return (
    one.length === other.length &&
    one.every((source, at) => {
      const counterpart = other[at]
      return counterpart?.level === source.level && conditionsEqual(source.condition, counterpart.condition)
    })
  )
}

/** On every record whose level the change may alter this holds, and on few others. */
export function zoneOfChange(changed: readonly ChangedSource[]): ReachCondition {
  return any(changed.map(({ before, after }) => zoneOfSource(before, after)))
}

function zoneOfSource(before: readonly (Grant | Cap)[], after: readonly (Grant | Cap)[]): ReachCondition {
  const levels = new Set([...before, ...after].map(({ level }) => level))
  const at = (sources: readonly (Grant | Cap)[], level: string) =>
    any(sources.filter((source) => source.level === level).map(({ condition }) => condition))
  return any([...levels].map((level) => whereDiffering(at(before, level), at(after, level))))
}

/** Everything that somebody may reach at all by the sources. */
export function zoneOfGrants(...sources: readonly Sources[]): ReachCondition {
  const conditions = sources.flatMap(({ grants }) => grants.map(({ condition }) => condition))
  return conditions.length === 0
    ? FALSE
    : conditions.some((one) => 'literal' in one && one.literal)
      ? TRUE
      : any(conditions)
}
