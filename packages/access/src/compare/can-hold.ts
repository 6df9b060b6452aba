import type { OwnerRef } from '../document.ts'
import { holds } from '../evaluate.ts'
import type { FieldValue, RecordFacts } from '../facts.ts'
import type { FieldComparison, ReachCondition } from '../reach-condition.ts'
import { SYSTEM_FIELDS } from '../system-fields.ts'
import { isComplete, possibleValues } from './possible-values.ts'

/** A comparison, or its contrary. */
interface Literal {
  readonly compare: FieldComparison
  readonly isTrue: boolean
}

/** What must hold together. What turns on shares, parents and confidentiality is left out: it may always hold. */
interface Together {
  readonly literals: readonly Literal[]
  readonly owners: readonly ReadonlySet<OwnerRef>[]
}

/** Combinations that are looked through; of a condition with more it is said that it may hold. */
const MOST_COMBINATIONS = 200

/**
 * Whether a bound condition may hold on some record that there could be. A no is certain: whatever a field holds, some comparison of it
 * fails. A yes may be wrong, where several fields or texts would have to be thought about at once.
 */
export function canHold(condition: ReachCondition, timeZone: string): boolean {
  const combinations = combinationsOf(condition, true)
  return combinations === undefined || combinations.some((together) => isPossible(together, timeZone))
}

/** The ways in which a condition comes true (or, with `isTrue` false, its contrary does); nothing where there are too many. */
function combinationsOf(condition: ReachCondition, isTrue: boolean): Together[] | undefined {
  if ('not' in condition) return combinationsOf(condition.not, !isTrue)
  if ('literal' in condition) return condition.literal === isTrue ? [{ literals: [], owners: [] }] : []
  if ('compare' in condition) return [{ literals: [{ compare: condition.compare, isTrue }], owners: [] }]
  if ('owners' in condition) return [{ literals: [], owners: isTrue ? [condition.owners] : [] }]
  if (!('all' in condition) && !('any' in condition)) return [{ literals: [], owners: [] }]
  const parts = 'all' in condition ? condition.all : condition.any
  const each = parts.map((part) => combinationsOf(part, isTrue))
  return 'all' in condition === isTrue ? crossed(each) : joined(each)
}

function joined(each: readonly (Together[] | undefined)[]): Together[] | undefined {
  const all = each.flatMap((one) => one ?? [])
  return each.includes(undefined) || all.length > MOST_COMBINATIONS ? undefined : all
}

/** A part that is too much to look through may hold: the others decide. */
function crossed(each: readonly (Together[] | undefined)[]): Together[] | undefined {
  let found: Together[] = [{ literals: [], owners: [] }]
  for (const part of each) {
    if (part === undefined || found.length * part.length > MOST_COMBINATIONS) continue
    found = found.flatMap((one) =>
      part.map((other) => ({
        literals: [...one.literals, ...other.literals],
        owners: [...one.owners, ...other.owners],
      })),
    )
  }
  return found
}

/** Fields have nothing to do with each other: it is possible where each of them is. */
function isPossible({ literals, owners }: Together, timeZone: string): boolean {
  const byField = Map.groupBy(literals, ({ compare }) => compare.field)
  const ofOwner = byField.get('owner') ?? []
  if (owners.length > 0 && !canBeOwned(ofOwner, owners, timeZone)) return false
  return [...byField.values()].every((own) => canBe(own, timeZone))
}

function canBeOwned(literals: readonly Literal[], sets: readonly ReadonlySet<OwnerRef>[], timeZone: string): boolean {
  const [first, ...others] = sets.toSorted((one, other) => one.size - other.size)
  return [...(first ?? [])].some(
    (owner) => others.every((set) => set.has(owner)) && literals.every((literal) => isSo(literal, owner, timeZone)),
  )
}

function canBe(literals: readonly Literal[], timeZone: string): boolean {
  const [first] = literals
  if (!first) return true
  const { field, type } = first.compare
  const values = possibleValues(
    type,
    literals.map(({ compare }) => compare),
    timeZone,
  )
  if (values === undefined) return true
  const candidates: readonly FieldValue[] = NEVER_EMPTY.has(field) ? values : [null, ...values]
  return candidates.some((value) => literals.every((literal) => isSo(literal, value, timeZone))) || !isExact(literals)
}

const NEVER_EMPTY: ReadonlySet<string> = new Set(['id', 'owner', 'confidential', 'version'])

function isExact(literals: readonly Literal[]): boolean {
  const wanted = literals.filter(({ isTrue }) => isTrue).map(({ compare }) => compare)
  return isComplete(
    wanted,
    literals.map(({ compare }) => compare),
  )
}

function isSo({ compare, isTrue }: Literal, value: FieldValue, timeZone: string): boolean {
  return holds({ compare }, factsWith(compare.field, value), { now: MOMENT, timeZone }) === isTrue
}

/** `today` is only ever compared with `today`: which day it is makes no difference. */
const MOMENT = 0

/** A record of which nothing is known but one field. */
function factsWith(field: string, value: FieldValue): RecordFacts {
  const nothing = { module: '', owner: '', confidential: false, shares: [] }
  const isSystem = Object.hasOwn(SYSTEM_FIELDS, field) && field !== 'externalId'
  return isSystem ? { ...nothing, values: {}, [field]: value ?? undefined } : { ...nothing, values: { [field]: value } }
}
