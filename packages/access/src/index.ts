export { BUILT_IN_MODULES } from './built-in/index.ts'
export { addDays, isDate, parseInstant, startOfDay, today, wallTime } from './calendar.ts'
export { canonicalValue, isEmptyValue, isNumberType, isTextType } from './canonical.ts'
export { canonicalDocument } from './canonical-document.ts'
export { type CheckedDocument, type CheckOptions, checkDocument, type Problem } from './check-document.ts'
export { checkFilter } from './check-filter.ts'
export * from './compare/index.ts'
export { bindCondition } from './conditions.ts'
export { type Difference, describeDifference } from './describe-difference.ts'
export * from './document.ts'
export { holds, type Moment, rankOf, resolveValue } from './evaluate.ts'
export {
  type AudienceMember,
  audience,
  type CapApplied,
  type Explanation,
  explain,
  type GrantApplied,
  whoCan,
} from './explain.ts'
export * from './facts.ts'
export { aggregatesAll, fields, hasSystemPermission, rankOfAccess } from './fields.ts'
export { compareCodePoints, fold } from './fold.ts'
export { type Cap, capsOf, type Grant, grantsOf, levelCondition } from './grants.ts'
export { policyJsonSchema } from './json-schema.ts'
export { maskValue } from './mask.ts'
export { mergeDocument } from './merge-document.ts'
export { isInNetwork, isNetwork } from './network.ts'
export { operatorsOf } from './operators.ts'
export { managerPath, ownersIn, principalsOf, rolePath, subordinatesOf, usersIn } from './people.ts'
export * from './policy.ts'
export { parsePrincipal } from './principal.ts'
export * from './reach.ts'
export * from './reach-condition.ts'
export { canSignIn } from './sign-in.ts'
export { RESERVED_FIELD_KEYS, SYSTEM_FIELDS } from './system-fields.ts'
