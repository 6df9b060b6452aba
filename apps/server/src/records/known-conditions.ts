import type { FieldType, Operator, PolicyField, PolicyModule, ReachCondition } from '@bailiwick/access'
import { conjunctsOf } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { type Reading, reachToSql, type SqlCondition } from './reach-to-sql.ts'
import { sortExpression } from './sort-keys.ts'

const LOOKED_UP: ReadonlySet<Operator> = new Set<Operator>(['eq', 'in', 'lt', 'lte', 'gt', 'gte'])
const ALWAYS_INDEXED: ReadonlySet<string> = new Set(['owner', 'externalId', 'createdAt', 'updatedAt'])

/** Those parts of a filter that must hold and that an index finds the rows `t` for; see `modules/field-indexes.ts`. */
export function knownConditions(
  reading: Reading,
  module: PolicyModule,
  filter: ReachCondition | undefined,
): SqlCondition[] {
  const conjuncts = filter === undefined ? [] : conjunctsOf(filter)
  return conjuncts.flatMap((one) => {
    if (!('compare' in one) || !LOOKED_UP.has(one.compare.op)) return []
    const field = module.fields.get(one.compare.field)
    return field && isIndexed(module, field) ? [reachToSql(reading, module.key, 't', one)] : []
  })
}

/** Rows that an index has beside each other for one value, in its own order. */
export interface ValueRows {
  readonly where: SqlCondition
  readonly orderBy: RawBuilder<unknown>
}

/**
 * The rows of one value that a part of the filter asks for. Said as a range, in the order of the index, they are looked for there and
 * nowhere else, whatever the planner takes the value to be.
 */
export function valueRows(
  reading: Reading,
  module: PolicyModule,
  filter: ReachCondition | undefined,
): ValueRows | undefined {
  const conjuncts = filter === undefined ? [] : conjunctsOf(filter)
  for (const one of conjuncts) {
    const slot = 'compare' in one ? reading.slots?.get(one.compare) : undefined
    const field = 'compare' in one ? module.fields.get(one.compare.field) : undefined
    if (!slot || !field || !('compare' in one) || one.compare.op !== 'eq' || !isIndexed(module, field)) continue
    const ends = (['gte', 'lte'] as const).map((op) => ({ ...one.compare, op }))
    const slots = new Map(ends.map((end) => [end, slot]))
    const range = { all: ends.map((compare) => ({ compare })) }
    const where = reachToSql({ ...reading, slots, areSlotsHidden: true }, module.key, 't', range)
    return { where, orderBy: sql`${sortExpression({ field, descending: false }, 't')}, ${within(field)}` }
  }
  return undefined
}

/** The rest of the index's order. */
function within({ key, type }: PolicyField): RawBuilder<unknown> {
  return key === 'owner' || type === 'lookup' ? sql`t.updated_at desc, t.id desc` : sql`t.id`
}

/** Whole numbers are compared as exact ones, which their indexes don't know. */
const NOT_LOOKED_UP: ReadonlySet<FieldType> = new Set<FieldType>(['longText', 'file', 'choices', 'integer'])

/** Whether an index has the field's values in order. */
export function isIndexed(module: PolicyModule, field: PolicyField): boolean {
  if (field.key === 'id' || field.encrypted || NOT_LOOKED_UP.has(field.type)) return false
  if (ALWAYS_INDEXED.has(field.key) || field === module.titleField) return true
  return field.indexed || field.unique || field.type === 'lookup'
}
