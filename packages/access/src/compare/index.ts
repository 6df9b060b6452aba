export { alikeOwners } from './alike-owners.ts'
export { canHold } from './can-hold.ts'
export { classifyFacts } from './classify-facts.ts'
export { compareFields, type FieldEffect } from './compare-fields.ts'
export { type ModulePlan, planComparison } from './compare-plan.ts'
export {
  type ActionEffect,
  compareReach,
  type Example,
  type PersonEffect,
  type ReachEffect,
} from './compare-reach.ts'
export {
  compareFigures,
  compareModuleActions,
  comparePermissions,
  compareSignIn,
  type FigureEffect,
  type ModuleActionEffect,
  type PermissionEffect,
  type SignInEffect,
} from './compare-standing.ts'
export { conditionsEqual } from './conditions-equal.ts'
export { findIdleRules, type IdlePlan, planIdleRules, rulePaths } from './idle-rules.ts'
export { lintRules, type RuleFinding } from './lint-rules.ts'
export {
  type ClassSide,
  comparisonKey,
  type NeededSide,
  type NeededSides,
  type RecordClasses,
  sidePath,
} from './record-classes.ts'
export { actionReach, type PolicySide } from './sources.ts'
export type { Cause, Figures } from './tally.ts'
