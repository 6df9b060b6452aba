import { checkCondition } from './conditions.ts'
import type { Context } from './context.ts'
import { checkPrincipals, findField, findModule } from './context.ts'
import type { LooseRestrictionRule, LooseSharingRule } from './loose.ts'
import { childPath } from './problem.ts'

/** Sharing rules, restriction rules and invariants: people, modules and fields that are there, and conditions that can hold. */
export function checkRules(context: Context): void {
  const { sharingRules, restrictionRules } = context.document
  for (const [key, rule] of Object.entries(sharingRules ?? {})) {
    const path = childPath('/sharingRules', key)
    checkRule(context, rule, path)
    checkPrincipals(context, rule.ownedBy, `${path}/ownedBy`)
    checkPrincipals(context, rule.with, `${path}/with`)
  }
  for (const [key, rule] of Object.entries(restrictionRules ?? {})) {
    const path = childPath('/restrictionRules', key)
    checkRule(context, rule, path)
    checkPrincipals(context, rule.for, `${path}/for`)
    checkPrincipals(context, rule.except, `${path}/except`)
  }
}

function checkRule(context: Context, rule: LooseSharingRule | LooseRestrictionRule, path: string): void {
  const module = findModule(context, rule.module, `${path}/module`)
  if (rule.when !== undefined) checkCondition(context, rule.when, module, `${path}/when`)
}

export function checkInvariants(context: Context): void {
  for (const [key, { nobody, on, field }] of Object.entries(context.document.invariants ?? {})) {
    const path = childPath('/invariants', key)
    checkPrincipals(context, nobody?.except, `${path}/nobody/except`)
    const module = findModule(context, on, `${path}/on`)
    if (module && field !== undefined) findField(context, module, field, `${path}/field`)
  }
}
