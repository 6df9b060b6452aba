import {
  aggregatesAll,
  binReach,
  type Condition,
  checkDocument,
  checkFilter,
  compilePolicy,
  decide,
  decideOnModule,
  explain,
  fields,
  filterCondition,
  holds,
  type Key,
  type Level,
  level,
  type ModuleCatalogue,
  type Policy,
  type Problem,
  type RecordFacts,
  reachHolds,
} from '@bailiwick/access'
import type { Law } from './law.ts'
import { openLaw } from './law-session.ts'
import type { ScenarioLayer } from './layer.ts'
import type { Circumstances, Scenario, ScenarioQuestion } from './scenario.ts'

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

/** Through the checks that every policy passes before it is applied: a scenario's policy is one that could be in force. */
function compile(scenario: Scenario, catalogue: ModuleCatalogue): Policy {
  const { document, problems } = checkDocument(scenario.policy, { catalogue })
  if (document === undefined) throw new Error(`the policy of "${scenario.title}" is refused:${listed(problems)}`)
  return compilePolicy(document, catalogue)
}

function listed(problems: readonly Problem[]): string {
  return problems.map(({ path, message, cure }) => `\n  ${path}: ${message} (${cure})`).join('')
}

function engineLaw(policy: Policy): Law {
  return {
    allows: (user, action, facts, asking) => decide(policy, user, action, facts, asking),
    allowsOnModule: (user, action, module, asking) => decideOnModule(policy, user, action, module, asking),
    restores: (user, facts, asking) =>
      reachHolds(policy, binReach(policy, user, facts.module, asking), { ...facts, deleted: false }, asking),
    fields: (user, module) => fields(policy, user, module),
    level: (user, facts, asking) => level(policy, user, facts, asking),
    meets: (user, filter, facts, asking) => meets(policy, user, filter, facts, asking),
    countsAll: (user, module) => aggregatesAll(policy, user, module),
    explain: (user, action, facts, asking, field) => {
      const { allowed, grants, caps } = explain(policy, user, action, facts, asking, field)
      return { allowed, grants: named(grants), caps: named(caps) }
    },
  }
}

function meets(policy: Policy, user: Key, filter: Condition, facts: RecordFacts, asking: Circumstances): boolean {
  const { module } = facts
  const problems = checkFilter(filter, module, policy.modules.get(module)?.fields.values() ?? [])
  if (problems.length > 0) throw new Error(`the filter is refused:${listed(problems)}`)
  return holds(filterCondition(policy, user, module, filter), facts, { ...asking, timeZone: policy.timeZone })
}

function named(causes: readonly { readonly kind: string; readonly by?: string; readonly level: Level }[]) {
  return Object.fromEntries(
    causes.map(({ kind, by, level: to }) => [by === undefined ? kind : `${kind} ${by}`, to] as const),
  )
}
