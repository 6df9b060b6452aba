import type { Key, OwnerRef, Principal } from '../document.ts'
import type { ShareFact } from '../facts.ts'
import type { FieldComparison, ReachCondition } from '../reach-condition.ts'

/**
 * The undeleted records of a module, those that no condition in question tells apart counted as one class: what makes a comparison
 * over millions of records a sum over thousands of classes.
 */
export interface RecordClasses {
  readonly module: Key
  /** Of each class, how many records it has. */
  readonly counts: ArrayLike<number>
  /** What is known of each class: of the record itself under `''`, of its parents under the path of lookups, as in `/deal/account`. */
  readonly sides: ReadonlyMap<string, ClassSide>
}

/** A record, or a parent, of every class: all lists are as long as there are classes. */
export interface ClassSide {
  /** Of a parent: whether there is one, undeleted. Where there is none, nothing else of the side counts. */
  readonly isThere?: ArrayLike<unknown>
  readonly owners: readonly OwnerRef[]
  readonly confidential: ArrayLike<unknown>
  /** Unexpired shares alone. */
  readonly shares: readonly (readonly ShareFact[])[]
  /** Where a comparison holds; it must be one of those that were needed. */
  truths(comparison: FieldComparison): ArrayLike<unknown>
}

/** What classes must tell apart of a record or parent, besides whether it is confidential. */
export interface NeededSide {
  readonly module: Key
  /** Of a parent: the path of the record whose lookup leads here, and the lookup. */
  readonly from?: { readonly path: string; readonly field: Key }
  readonly comparisons: Map<string, FieldComparison>
  /** Owners who are in the same of these sets are asked about alike. */
  readonly owners: Set<ReadonlySet<OwnerRef>>
  /** Shares with others have no say. */
  readonly grantees: Set<Principal>
}

export function neededSide(module: Key, from?: NeededSide['from']): NeededSide {
  return { module, ...(from ? { from } : {}), comparisons: new Map(), owners: new Set(), grantees: new Set() }
}

export type NeededSides = Map<string, NeededSide>

export function comparisonKey(comparison: FieldComparison): string {
  return JSON.stringify([comparison.field, comparison.type, comparison.op, comparison.value])
}

export function sidePath(from: string, field: Key): string {
  return `${from}/${field}`
}

/** Adds what a condition on records of the module asks for. */
export function addNeeded(sides: NeededSides, module: Key, condition: ReachCondition, path = ''): void {
  const side = sides.get(path) ?? neededSide(module)
  sides.set(path, side)
  for (const part of innerParts(condition)) addNeeded(sides, module, part, path)
  if ('compare' in condition) side.comparisons.set(comparisonKey(condition.compare), condition.compare)
  if ('owners' in condition) side.owners.add(condition.owners)
  if ('sharedWith' in condition) for (const principal of condition.sharedWith) side.grantees.add(principal)
  if ('parent' in condition) {
    const { field, module: parentModule, condition: inner } = condition.parent
    const inside = sidePath(path, field)
    if (!sides.has(inside)) sides.set(inside, neededSide(parentModule, { path, field }))
    addNeeded(sides, parentModule, inner, inside)
  }
}

/** Adds people who are asked about by name, each of them as owner and as whom a record is shared with. */
export function addNamed(sides: NeededSides, people: Iterable<Principal>): void {
  for (const person of people) {
    const alone = new Set([person])
    for (const { owners, grantees } of sides.values()) {
      owners.add(alone)
      grantees.add(person)
    }
  }
}

function innerParts(condition: ReachCondition): readonly ReachCondition[] {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  return 'not' in condition ? [condition.not] : []
}

/** Of the classes among `among` (places), where the condition holds: 1 or 0 for each, in their order. */
export function whereHolds(
  classes: RecordClasses,
  condition: ReachCondition,
  among: Int32Array,
  path = '',
): Uint8Array {
  const inside = (part: ReachCondition) => whereHolds(classes, part, among, path)
  if ('literal' in condition) return new Uint8Array(among.length).fill(condition.literal ? 1 : 0)
  if ('any' in condition) return combined(condition.any.map(inside), among.length, 1)
  if ('all' in condition) return combined(condition.all.map(inside), among.length, 0)
  if ('not' in condition) return inside(condition.not).map((held) => 1 - held)
  const side = sideOf(classes, path)
  if ('owners' in condition) return eachKind(among, side.owners, (owner) => condition.owners.has(owner))
  if ('confidential' in condition) return each(among, (at) => Boolean(side.confidential[at]))
  if ('sharedWith' in condition) return eachKind(among, side.shares, (shares) => isShared(shares, condition))
  if ('compare' in condition) {
    const truths = side.truths(condition.compare)
    return each(among, (at) => Boolean(truths[at]))
  }
  return parentHolds(classes, condition.parent, among, path)
}

/** Starts from none (any) or all (all), and turns over what a part decides. */
function combined(parts: readonly Uint8Array[], length: number, deciding: 0 | 1): Uint8Array {
  const result = new Uint8Array(length).fill(1 - deciding)
  for (const part of parts) for (let at = 0; at < length; at++) if (part[at] === deciding) result[at] = deciding
  return result
}

function each(among: Int32Array, ask: (at: number) => boolean): Uint8Array {
  const result = new Uint8Array(among.length)
  for (let index = 0; index < among.length; index++) result[index] = ask(among[index] ?? 0) ? 1 : 0
  return result
}

/** A column of few different values: each is asked about once, however many classes have it. */
function eachKind<Value>(among: Int32Array, column: readonly Value[], ask: (value: Value) => boolean): Uint8Array {
  const { kinds, kindAt } = kindsOf(column)
  if (among.length < kinds.length) return each(among, (at) => ask(kinds[kindAt[at] ?? 0] as Value))
  const answers = Uint8Array.from(kinds, (value) => (ask(value) ? 1 : 0))
  const result = new Uint8Array(among.length)
  for (let index = 0; index < among.length; index++) result[index] = answers[kindAt[among[index] ?? 0] ?? 0] ?? 0
  return result
}

/** The different values of a column, and which of them stands at each place. */
interface Kinds<Value> {
  readonly kinds: readonly Value[]
  readonly kindAt: Int32Array
}

/** By columns, which never change. */
const knownKinds = new WeakMap<readonly unknown[], Kinds<unknown>>()

function kindsOf<Value>(column: readonly Value[]): Kinds<Value> {
  const known = knownKinds.get(column) as Kinds<Value> | undefined
  if (known) return known
  const numbers = new Map<Value, number>()
  const kindAt = Int32Array.from(column, (value) => {
    const number = numbers.get(value) ?? numbers.size
    numbers.set(value, number)
    return number
  })
  const made = { kinds: [...numbers.keys()], kindAt }
  knownKinds.set(column, made)
  return made
}

const RANKS = { none: 0, read: 1, edit: 2, full: 3 } as const

function isShared(
  shares: readonly ShareFact[],
  { sharedWith, atLeast }: Extract<ReachCondition, { readonly sharedWith: unknown }>,
): boolean {
  return shares.some((share) => RANKS[share.level] >= RANKS[atLeast] && sharedWith.has(share.with))
}

function parentHolds(
  classes: RecordClasses,
  parent: Extract<ReachCondition, { readonly parent: unknown }>['parent'],
  among: Int32Array,
  path: string,
): Uint8Array {
  const inside = sidePath(path, parent.field)
  const there = sideOf(classes, inside).isThere
  const held = whereHolds(classes, parent.condition, among, inside)
  if (there) for (let index = 0; index < among.length; index++) if (!there[among[index] ?? 0]) held[index] = 0
  return held
}

function sideOf({ sides, module }: RecordClasses, path: string): ClassSide {
  const side = sides.get(path)
  if (!side) throw new Error(`The classes of ${module} don't tell of "${path}".`)
  return side
}
