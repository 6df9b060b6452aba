import type { Key, Policy, ReachCondition } from '@bailiwick/access'
import { sameColumn } from '../modules/table-changes.ts'

/**
 * A condition of the policy to come, made askable of the tables as they are: a field whose column isn't there yet is empty on every
 * record, so that only `isEmpty` holds on it, and a record whose parent lookup isn't there yet has no parent.
 */
export function withoutNewColumns(
  condition: ReachCondition,
  module: Key,
  before: Policy,
  after: Policy,
): ReachCondition {
  const inside = (part: ReachCondition) => withoutNewColumns(part, module, before, after)
  if ('all' in condition) return { all: condition.all.map(inside) }
  if ('any' in condition) return { any: condition.any.map(inside) }
  if ('not' in condition) return { not: inside(condition.not) }
  if ('compare' in condition) {
    const { field, op } = condition.compare
    return isThere(before, after, module, field) ? condition : { literal: op === 'isEmpty' }
  }
  if (!('parent' in condition)) return condition
  const { field, module: parentModule } = condition.parent
  if (!isThere(before, after, module, field)) return { literal: false }
  const asked = withoutNewColumns(condition.parent.condition, parentModule, before, after)
  return { parent: { field, module: parentModule, condition: asked } }
}

function isThere(before: Policy, after: Policy, module: Key, field: Key): boolean {
  const from = before.modules.get(module)?.fields.get(field)
  const to = after.modules.get(module)?.fields.get(field)
  return from !== undefined && to !== undefined && sameColumn(from, to)
}
