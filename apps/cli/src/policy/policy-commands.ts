import type { Command } from 'commander'
import { act } from '../run.ts'
import { applyDocument } from './apply.ts'
import { exportPolicy } from './export.ts'
import { compareVersions, listVersions, rollBack } from './history.ts'
import { inOrganization, withChange, withLosses } from './options.ts'
import { planDocument } from './plan.ts'
import { testDocument } from './test.ts'

const FILE = 'the policy document, YAML or JSON; - reads standard input'
const PLAN_EXITS = '\nExit code: 0 nothing to do, 2 changes that an apply would make, 1 an apply would be refused.'

export function policyCommands(program: Command): void {
  const group = program.command('policy').description('the policy document: who may do what')
  const command = (name: string, description: string) => group.command(name).description(description)

  const exports = inOrganization(command('export', 'print the policy as it stands'))
  act(exports, 'policy export --org nordwind > policy.yaml', exportPolicy)

  const plan = command('plan', 'say what applying a document would do').argument('<file>', FILE)
  act(withLosses(inOrganization(plan)), 'policy plan policy.yaml --org nordwind', planDocument)
  plan.addHelpText('after', PLAN_EXITS)

  const apply = command('apply', 'make a document the policy').argument('<file>', FILE)
  act(withChange(apply), 'policy apply policy.yaml --org nordwind --reason "Q3 re-organization"', applyDocument)

  const test = command('test', 'run the examples and invariants of a document').argument(
    '[file]',
    `${FILE}; the policy that stands, where unstated`,
  )
  act(inOrganization(test), 'policy test policy.yaml --org nordwind', testDocument)

  const log = inOrganization(command('log', 'list the versions, newest first'))
    .option('--limit <number>', 'how many', '20')
    .option('--before <version>', 'only older ones than this')
  act(log, 'policy log --org nordwind', listVersions)

  const diff = command('diff', 'say what changed from one version to another').argument('<from>').argument('<to>')
  act(inOrganization(diff), 'policy diff 11 14 --org nordwind', compareVersions)

  const rollback = command('rollback', 'apply the document of an older version again, as a new one').argument(
    '<version>',
  )
  act(withChange(rollback), 'policy rollback 11 --org nordwind --reason "Not as meant"', rollBack)
}
