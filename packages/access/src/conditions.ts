import { canonicalValue } from './canonical.ts'
import type { Comparison, Condition, FieldType, Scalar } from './document.ts'
import type { Policy, PolicyModule, PolicyUser } from './policy.ts'
import type { ComparedValue, ReachCondition } from './reach-condition.ts'
import { all, any, FALSE, not } from './reach-condition.ts'

/**
 * A condition of the policy, bound to the person who asks: his attributes put in, every value canonical. What can never hold (an
 * attribute he lacks, a value that isn't of the field's type) becomes false. Law: section 4.
 * @param user nobody for a filter, in which `{user: …}` is then false.
 */
export function bindCondition(
  policy: Policy,
  module: PolicyModule,
  condition: Condition,
  user: PolicyUser | undefined,
): ReachCondition {
  if ('all' in condition) return all(condition.all.map((part) => bindCondition(policy, module, part, user)))
  if ('any' in condition) return any(condition.any.map((part) => bindCondition(policy, module, part, user)))
  if ('not' in condition) return not(bindCondition(policy, module, condition.not, user))
  return bindComparison(policy, module, condition, user)
}

function bindComparison(
  policy: Policy,
  module: PolicyModule,
  comparison: Comparison,
  user: PolicyUser | undefined,
): ReachCondition {
  const field = module.fields.get(comparison.field)
  if (!field) return FALSE
  const { op } = comparison
  if (op === 'isEmpty' || op === 'isNotEmpty') return { compare: { field: field.key, type: field.type, op } }
  const value = boundValue(policy, comparison, field.type, user)
  if (value === undefined || (Array.isArray(value) && value.length === 0))
    return boundToNothing(op, field.key, field.type, value)
  return { compare: { field: field.key, type: field.type, op, value } }
}

/** `notIn` nothing holds on whatever isn't empty; every other comparison without a value is false. */
function boundToNothing(
  op: Comparison['op'],
  field: string,
  type: FieldType,
  value: ComparedValue | undefined,
): ReachCondition {
  return op === 'notIn' && Array.isArray(value) ? { compare: { field, type, op: 'isNotEmpty' } } : FALSE
}

function boundValue(
  policy: Policy,
  { op, value }: Comparison,
  type: FieldType,
  user: PolicyUser | undefined,
): ComparedValue | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) {
    return value.flatMap((one: Scalar) => canonicalValue(one, type, policy.timeZone) ?? [])
  }
  if (typeof value === 'object' && 'today' in value) return value
  const literal = typeof value === 'object' && 'user' in value ? attributeOf(user, value.user) : (value as Scalar)
  const canonical = literal === undefined ? undefined : canonicalValue(literal, type, policy.timeZone)
  return canonical !== undefined && (op === 'in' || op === 'notIn') ? [canonical] : canonical
}

function attributeOf(user: PolicyUser | undefined, attribute: string): Scalar | undefined {
  if (attribute === 'id') return user?.key
  if (attribute === 'role') return user?.role
  return user && Object.hasOwn(user.attributes, attribute) ? user.attributes[attribute] : undefined
}
