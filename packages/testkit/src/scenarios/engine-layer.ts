import {
  aggregatesAll,
  binReach,
  compilePolicy,
  decide,
  decideOnModule,
  explain,
  fields,
  filterCondition,
  holds,
  type Level,
  level,
  type ModuleCatalogue,
  type Policy,
  reachHolds,
} from '@bailiwick/access'
import type { Law } from './law.ts'
import { openLaw } from './law-session.ts'
import type { ScenarioLayer } from './layer.ts'
import type { Scenario, ScenarioQuestion } from './scenario.ts'

/** The access engine, fed with facts from memory. */
export function engineLayer(catalogue: ModuleCatalogue): ScenarioLayer {
  return {
    name: 'engine',
    explainsBy: 'cause',
    unable: unableWithoutServer,
    open: async (scenario) => openLaw(engineLaw(compile(scenario, catalogue)), scenario, catalogue),
  }
}

/** What no layer without the server can answer. */
export function unableWithoutServer(asked: ScenarioQuestion): string | undefined {
  if (asked.kind === 'request') return 'requests go to the HTTP interface'
  return asked.kind === 'list' && asked.question.q !== undefined ? 'searching belongs to the database' : undefined
}

function compile(scenario: Scenario, catalogue: ModuleCatalogue): Policy {
  return compilePolicy(scenario.policy, catalogue)
}

function engineLaw(policy: Policy): Law {
  return {
    allows: (user, action, facts, asking) => decide(policy, user, action, facts, asking),
    allowsOnModule: (user, action, module, asking) => decideOnModule(policy, user, action, module, asking),
    restores: (user, facts, asking) =>
      reachHolds(policy, binReach(policy, user, facts.module, asking), { ...facts, deleted: false }, asking),
    fields: (user, module) => fields(policy, user, module),
    level: (user, facts, asking) => level(policy, user, facts, asking),
    meets: (user, filter, facts, asking) =>
      holds(filterCondition(policy, user, facts.module, filter), facts, { ...asking, timeZone: policy.timeZone }),
    countsAll: (user, module) => aggregatesAll(policy, user, module),
    causes: (user, facts, asking) => {
      const { grants, caps } = explain(policy, user, 'read', facts, asking)
      return { grants: named(grants), caps: named(caps) }
    },
  }
}

function named(causes: readonly { readonly kind: string; readonly by?: string; readonly level: Level }[]) {
  return Object.fromEntries(
    causes.map(({ kind, by, level: to }) => [by === undefined ? kind : `${kind} ${by}`, to] as const),
  )
}
