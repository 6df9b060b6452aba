import type { Operator, PolicyField, PolicyModule, ReachCondition } from '@bailiwick/access'
import { type Reading, reachToSql, type SqlCondition } from './reach-to-sql.ts'

const LOOKED_UP: ReadonlySet<Operator> = new Set<Operator>(['eq', 'in', 'lt', 'lte', 'gt', 'gte'])
const ALWAYS_INDEXED: ReadonlySet<string> = new Set(['owner', 'externalId', 'createdAt', 'updatedAt'])

/** Those parts of a filter that must hold and that an index finds the rows `t` for; see `modules/field-indexes.ts`. */
export function knownConditions(
  reading: Reading,
  module: PolicyModule,
  filter: ReachCondition | undefined,
): SqlCondition[] {
  const conjuncts = filter === undefined ? [] : 'all' in filter ? filter.all : [filter]
  return conjuncts.flatMap((one) => {
    if (!('compare' in one) || !LOOKED_UP.has(one.compare.op)) return []
    const field = module.fields.get(one.compare.field)
    return field && isIndexed(module, field) ? [reachToSql(reading, module.key, 't', one)] : []
  })
}

function isIndexed(module: PolicyModule, field: PolicyField): boolean {
  if (field.encrypted || ['longText', 'file', 'choices'].includes(field.type)) return false
  if (ALWAYS_INDEXED.has(field.key) || field === module.titleField) return true
  return field.indexed || field.unique || (field.type === 'lookup' && field.key !== 'id')
}
