import { checkCondition } from './checks/conditions.ts'
import type { LooseField } from './checks/loose.ts'
import { Findings, type Problem } from './checks/problem.ts'
import type { Key } from './document.ts'
import type { PolicyField } from './policy.ts'

/**
 * Everything wrong with a condition that filters a list, where only `fields` exist: one that is left out is unknown, whatever the
 * module has. Paths are JSON pointers into the filter.
 */
export function checkFilter(filter: unknown, module: Key, fields: Iterable<PolicyField>): readonly Problem[] {
  const findings = new Findings()
  const shapes = new Map<Key, LooseField>([...fields].map((field) => [field.key, field]))
  const nobody = {
    role: undefined,
    profile: undefined,
    user: undefined,
    team: undefined,
    group: undefined,
    module: undefined,
  }
  const context = { document: {}, catalogue: {}, findings, modules: new Map(), known: nobody, attributes: new Map() }
  checkCondition(context, filter, { key: module, builtIn: false, fields: shapes }, '')
  return findings.list()
}
