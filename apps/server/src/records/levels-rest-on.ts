import { type Key, levelReach, type PolicyModule, type ReachCondition, reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import type { Reading } from './stamped.ts'

/** A record that a level comes through: the lookup on the record before it in the chain, and the module that it points into. */
export interface ParentStep {
  readonly field: Key
  readonly module: Key
}

const GRANTED = ['read', 'edit', 'full'] as const

/** What the person's level on a record of the module rests on, besides the policy. */
export interface LevelGround {
  /** From the record's own lookup upwards: whose change takes the level away. */
  readonly parents: readonly ParentStep[]
  /** Fields of the record itself (`owner` and `confidential` among them). Its shares count as `shares`. */
  readonly fields: ReadonlySet<Key | 'shares'>
}

export function levelGround({ snapshot, actor }: Reading, module: PolicyModule): LevelGround {
  const fields = new Set<Key>()
  const conditions = GRANTED.map((level) => reachCondition(levelReach(snapshot.policy, actor.user, module.key, level)))
  for (const condition of conditions) collectFields(condition, fields)
  const chains = conditions.map(parentsIn)
  return { parents: chains.reduce(longer, []), fields }
}

function collectFields(condition: ReachCondition, fields: Set<Key>): void {
  if ('all' in condition) for (const part of condition.all) collectFields(part, fields)
  else if ('any' in condition) for (const part of condition.any) collectFields(part, fields)
  else if ('not' in condition) collectFields(condition.not, fields)
  else if ('parent' in condition) fields.add(condition.parent.field)
  else if ('compare' in condition) fields.add(condition.compare.field)
  else if ('owners' in condition) fields.add('owner')
  else if ('sharedWith' in condition) fields.add('shares')
  else if ('confidential' in condition) fields.add('confidential')
}

/** A module has one parent at most, so the ways upwards are one, some of them longer. */
function parentsIn(condition: ReachCondition): readonly ParentStep[] {
  if ('all' in condition) return condition.all.map(parentsIn).reduce(longer, [])
  if ('any' in condition) return condition.any.map(parentsIn).reduce(longer, [])
  if ('not' in condition) return parentsIn(condition.not)
  if (!('parent' in condition)) return []
  const { field, module, condition: above } = condition.parent
  return [{ field, module }, ...parentsIn(above)]
}

function longer(one: readonly ParentStep[], other: readonly ParentStep[]): readonly ParentStep[] {
  return other.length > one.length ? other : one
}

/**
 * Selects the parents of the records that `children` selects (their lookup's column alone), each locked against any change until the
 * transaction ends: who writes by a level that came through a parent writes before that parent's next change, or after it.
 */
export function lockedParents(step: ParentStep, children: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select p.* from ${sql.table(recordTable(step.module))} as p where p.id in (${children}) order by p.id for share of p`
}

/** Locks, in a transaction, all parents through which the person's level on the records of the module may come. */
export async function lockParents(reading: Reading, module: PolicyModule, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  for (const lock of parentLocks(levelGround(reading, module).parents, module.key, sql`t.id = any(${ids}::uuid[])`)) {
    await lock.execute(reading.database)
  }
}

/** One statement for each step upwards; each finds by its own snapshot what the one before has locked. */
export function parentLocks(
  parents: readonly ParentStep[],
  module: Key,
  records: RawBuilder<unknown>,
): RawBuilder<unknown>[] {
  let below = sql`select t.* from ${sql.table(recordTable(module))} as t where ${records}`
  return parents.map((step) => {
    const children = sql`select ${sql.ref(`below.${fieldColumn(step.field)}`)} from (${below}) as below`
    below = sql`select p.* from ${sql.table(recordTable(step.module))} as p where p.id in (${children})`
    return lockedParents(step, children)
  })
}
