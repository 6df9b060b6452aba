import {
  classifyFacts,
  compilePolicy,
  findIdleRules,
  type PolicyDocument,
  planIdleRules,
  type RuleFinding,
  rulePaths,
} from '@bailiwick/access'
import { oracleLevel } from '@bailiwick/access/oracle'
import { law } from './generate/law.ts'
import { first, objectWhere } from './generate/readings.ts'
import { arbitraryReorganization } from './generate/reorganizations.ts'
import type { GeneratedWorld } from './generate/world.ts'

law(
  'a rule is found idle exactly where no level on any record there is would be another without it',
  arbitraryReorganization(),
  ({ after: world }) => {
    const found = new Map(idleRules(world).map((finding) => [finding.path, finding]))
    return first(rulePaths(compilePolicy(world.document, world.catalogue)), (path) => {
      const without = { ...world, document: withoutRule(world.document, path) }
      const changes = Object.keys(world.document.users ?? {}).flatMap((user) =>
        world.records
          .filter((record) => oracleLevel(without, user, record) !== oracleLevel(world, user, record))
          .map((record) => `${user} on ${record.id}`),
      )
      const told = found.get(path)
      return (
        objectWhere(told !== undefined && changes.length > 0, `${told?.kind} ${path} matters: ${changes}`) ??
        objectWhere(told === undefined && changes.length === 0, `${path} is idle, and not found`)
      )
    })
  },
)

function idleRules(world: GeneratedWorld): RuleFinding[] {
  const policy = compilePolicy(world.document, world.catalogue)
  const side = { policy, asking: { now: world.now } }
  const moment = { now: world.now, timeZone: policy.timeZone }
  const modules = world.modules.map(({ key }) => key)
  return run(planIdleRules(side, new Set(rulePaths(policy)), modules)).flatMap((plan) =>
    run(findIdleRules(side, plan, classifyFacts(world.records, plan.module, plan.needed, moment))),
  )
}

function run<Result>(steps: Generator<number, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function withoutRule(document: PolicyDocument, path: string): PolicyDocument {
  const [, section, key] = path.split('/')
  if (section !== 'sharingRules' && section !== 'restrictionRules') throw new Error(`${path} is no rule.`)
  const { [key ?? '']: _gone, ...rest } = document[section] ?? {}
  return { ...document, [section]: rest }
}
