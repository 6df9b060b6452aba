import type { Key, RestrictionRuleDefinition, SharingRuleDefinition } from '@bailiwick/access'
import fc from 'fast-check'
import { condition, conditionSeed } from './conditions.ts'
import { type Names, principalSeeds, principals, stated } from './people.ts'
import { given, index, type Made, pick } from './pools.ts'
import type { ModuleShape } from './records.ts'
import type { Values } from './values.ts'

export const sharingRuleSeed = fc.record({
  module: index,
  with: principalSeeds,
  ownedBy: given(4, principalSeeds),
  when: given(6, conditionSeed),
  level: fc.constantFrom('read' as const, 'edit' as const, 'full' as const),
})

export const restrictionRuleSeed = fc.record({
  module: index,
  for: principalSeeds,
  except: given(5, principalSeeds),
  when: given(8, conditionSeed),
  level: fc.constantFrom('none' as const, 'read' as const, 'edit' as const),
})

/** What rules may speak of. */
export interface Subjects {
  readonly modules: readonly ModuleShape[]
  readonly names: Names
  readonly values: Values
}

export function sharingRule(
  { modules, names, values }: Subjects,
  { ownedBy, when, ...seed }: Made<typeof sharingRuleSeed>,
): SharingRuleDefinition {
  const module = pick(modules, seed.module)
  return {
    module: module.key,
    ...stated({
      ownedBy: ownedBy && principals(names, ownedBy),
      when: when && condition(values, module.fields, when),
    }),
    with: principals(names, seed.with),
    level: seed.level,
  }
}

export function restrictionRule(
  { modules, names, values }: Subjects,
  { except, when, ...seed }: Made<typeof restrictionRuleSeed>,
): RestrictionRuleDefinition {
  const module = pick(modules, seed.module)
  return {
    module: module.key,
    for: principals(names, seed.for),
    ...stated({
      except: except && principals(names, except),
      when: when && condition(values, module.fields, when),
    }),
    level: seed.level,
  }
}

const RULE_KEYS = ['first', 'second', 'third', 'fourth']

export function ruleTable<T>(rules: readonly T[]): { readonly [rule: Key]: T } {
  return Object.fromEntries(rules.map((rule, position) => [pick(RULE_KEYS, position), rule]))
}
