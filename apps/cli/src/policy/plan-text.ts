import type { PolicyPlan, PolicyWarning } from '@bailiwick/contract'
import type { FailureDetail } from '../failure.ts'
import { bold, faint, green, red, yellow } from '../text/paint.ts'
import { clean, counted, widthOf, wrap } from '../text/paragraph.ts'
import { approvalOf } from './approval-text.ts'
import { changeLines } from './change-lines.ts'
import { effectSections } from './effect-text.ts'

/** The plan for people: what changes, who gains and loses what, whether examples and invariants hold, and what stands against it. */
export function planText(plan: PolicyPlan, errors: readonly FailureDetail[]): string {
  const sections = [
    changesSection(plan),
    lossSection(plan),
    ...effectSections(plan),
    promisesSection(plan),
    warningsSection(plan.warnings),
    errors.length > 0 ? errorsSection(errors) : [],
    [verdict(plan)],
  ]
  const width = widthOf(process.stdout)
  return sections
    .filter((section) => section.length > 0)
    .map((section) => section.map((line) => (line.includes('\n') ? line : wrap(line, width))).join('\n'))
    .join('\n\n')
}

function changesSection({ version, changes, problems }: PolicyPlan): string[] {
  if (problems.length > 0 && changes.length === 0) return []
  if (changes.length === 0) return []
  return [bold(`${counted(changes.length, 'change')} to version ${version}`), ...changeLines(changes)]
}

function lossSection({ destroys }: PolicyPlan): string[] {
  if (destroys.length === 0) return []
  const lines = destroys.map(({ module, field, records }) => {
    const name = field === undefined ? module : `${module}.${field}`
    return `  ${red('!')} ${name}: the data of ${counted(records, 'record')}`
  })
  return [bold('Data that goes with it'), ...lines]
}

function promisesSection({ tests, invariants }: Pick<PolicyPlan, 'tests' | 'invariants'>): string[] {
  const failed = tests.filter(({ passed }) => !passed).length
  const violated = invariants.filter(({ holds }) => !holds).length
  return [
    ...tally('Tests', tests.length, failed, 'passed', 'failed'),
    ...tally('Invariants', invariants.length, violated, 'held', 'violated'),
  ]
}

/** Rules that may as well not be there. */
export function warningsSection(warnings: readonly PolicyWarning[]): string[] {
  if (warnings.length === 0) return []
  const lines = warnings.flatMap(({ path, kind, by, message }) => {
    const causes = by.map((cause) => cause.by ?? cause.kind).join(', ')
    return [
      `  ${yellow(kind)}  ${path}`,
      `      ${clean(message)}${causes === '' ? '' : faint(clean(` By ${causes}.`))}`,
    ]
  })
  return [bold('Rules that change nothing'), ...lines]
}

export function tally(what: string, all: number, bad: number, good: string, worse: string): string[] {
  if (all === 0) return []
  const figures = [green(`${all - bad} ${good}`), ...(bad > 0 ? [red(`${bad} ${worse}`)] : [])]
  return [`${bold(what)}  ${figures.join(', ')}`]
}

export function errorsSection(errors: readonly FailureDetail[]): string[] {
  const lines = errors.flatMap(({ place, path, message }) => [
    `  ${[place, path].filter(Boolean).join('  ')}`,
    `      ${clean(message)}`,
  ])
  return [bold(red('What is wrong')), ...lines]
}

function verdict({ applies, upToDate, needed, version }: PolicyPlan): string {
  if (!applies) return red('An apply would be refused.')
  if (upToDate) return `Nothing to do: version ${version} says the same.`
  return needed === 0
    ? 'An apply would make these changes.'
    : `An apply would wait for ${approvalOf(needed)}; version ${version} stands until then.`
}
