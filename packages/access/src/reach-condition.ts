import type { FieldType, Key, Level, Operator, OwnerRef, Principal, Scalar } from './document.ts'
import { LEVELS } from './document.ts'

/** A value a record's field is compared with: canonical for the field's type (see `canonical.ts`), or a day relative to today. */
export type ComparedValue = Scalar | readonly Scalar[] | { readonly today: number }

export interface FieldComparison {
  readonly field: Key
  readonly type: FieldType
  readonly op: Operator
  readonly value?: ComparedValue
}

/** Which records a person reaches, as a tree that `evaluate.ts` reads on facts and the database layer reads as SQL. Two-valued. */
export type ReachCondition =
  | { readonly literal: boolean }
  | { readonly all: readonly ReachCondition[] }
  | { readonly any: readonly ReachCondition[] }
  | { readonly not: ReachCondition }
  /** The record's owner is one of these. */
  | { readonly owners: ReadonlySet<OwnerRef> }
  /** An unexpired share of at least this level names one of these. */
  | { readonly sharedWith: ReadonlySet<Principal>; readonly atLeast: Exclude<Level, 'none'> }
  | { readonly confidential: true }
  /** The record that the lookup `field` points at is there, not deleted, and the condition holds on it. */
  | { readonly parent: { readonly field: Key; readonly module: Key; readonly condition: ReachCondition } }
  | { readonly compare: FieldComparison }

export const TRUE: ReachCondition = { literal: true }
export const FALSE: ReachCondition = { literal: false }

export function isTrue(condition: ReachCondition): boolean {
  return 'literal' in condition && condition.literal
}

export function isFalse(condition: ReachCondition): boolean {
  return 'literal' in condition && !condition.literal
}

/** The conjunction, with literals folded away and nested conjunctions flattened. */
export function all(conditions: Iterable<ReachCondition>): ReachCondition {
  const kept: ReachCondition[] = []
  for (const condition of conditions) {
    if (isFalse(condition)) return FALSE
    if ('all' in condition) kept.push(...condition.all)
    else if (!isTrue(condition)) kept.push(condition)
  }
  return kept.length === 0 ? TRUE : kept.length === 1 ? (kept[0] ?? TRUE) : { all: kept }
}

/** What a condition asks for, each of which must hold. */
export function conjunctsOf(condition: ReachCondition): readonly ReachCondition[] {
  return 'all' in condition ? condition.all : [condition]
}

/** The disjunction, with literals folded away, nested disjunctions flattened, owner sets united, and of equal shares the lowest kept. */
export function any(conditions: Iterable<ReachCondition>): ReachCondition {
  const kept: ReachCondition[] = []
  const owners = new Set<OwnerRef>()
  for (const condition of conditions) {
    if (isTrue(condition)) return TRUE
    for (const part of 'any' in condition ? condition.any : [condition]) {
      if ('owners' in part) for (const owner of part.owners) owners.add(owner)
      else if ('sharedWith' in part) keepLowestShare(kept, part)
      else if (!isFalse(part)) kept.push(part)
    }
  }
  if (owners.size > 0) kept.unshift({ owners })
  return kept.length === 0 ? FALSE : kept.length === 1 ? (kept[0] ?? FALSE) : { any: kept }
}

type SharedCondition = Extract<ReachCondition, { readonly sharedWith: unknown }>

/** A share of a higher level is one of a lower level too. */
function keepLowestShare(kept: ReachCondition[], part: SharedCondition): void {
  const at = kept.findIndex((one) => 'sharedWith' in one && one.sharedWith === part.sharedWith)
  const other = kept[at]
  if (!other || !('sharedWith' in other)) kept.push(part)
  else if (LEVELS.indexOf(part.atLeast) < LEVELS.indexOf(other.atLeast)) kept[at] = part
}

export function not(condition: ReachCondition): ReachCondition {
  if ('literal' in condition) return condition.literal ? FALSE : TRUE
  if ('not' in condition) return condition.not
  return { not: condition }
}
