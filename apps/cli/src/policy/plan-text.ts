import type { PolicyPlan } from '@bailiwick/contract'
import type { FailureDetail } from '../failure.ts'
import { bold, faint, green, red, yellow } from '../text/paint.ts'
import { clean, counted, widthOf, wrap } from '../text/paragraph.ts'
import { changeLines } from './change-lines.ts'

/** How many people are named of those whom a change touches most. */
const PEOPLE_NAMED = 10

/** The plan for people: what changes, who gains and loses what, whether examples and invariants hold, and what stands against it. */
export function planText(plan: PolicyPlan, errors: readonly FailureDetail[]): string {
  const sections = [
    changesSection(plan),
    lossSection(plan),
    effectSection(plan),
    promisesSection(plan),
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

function effectSection({ changes, effect }: PolicyPlan): string[] {
  if (changes.length === 0) return []
  const lines = effect.actions.map(({ module, action, people, records }) => {
    const gains =
      people.gaining > 0
        ? [green(`${counted(people.gaining, 'person gains', 'people gain')} ${counted(records.gained, 'record')}`)]
        : []
    const losses =
      people.losing > 0
        ? [red(`${counted(people.losing, 'person loses', 'people lose')} ${counted(records.lost, 'record')}`)]
        : []
    return `  ${action} ${module}: ${[...gains, ...losses].join(', ')}`
  })
  if (lines.length === 0 && effect.uncounted === 0)
    return [bold('Who gains and loses'), '  Nobody: everyone reaches the records that he reaches now.']
  return [bold('Who gains and loses'), ...lines, ...peopleLines(effect), ...uncountedLine(effect)]
}

function peopleLines({ people }: PolicyPlan['effect']): string[] {
  const weight = (one: (typeof people)[number]) => one.gained + one.lost
  const most = [...people].sort((one, other) => weight(other) - weight(one)).slice(0, PEOPLE_NAMED)
  const lines = most.map(({ user, module, action, gained, lost }) => {
    const figures = [gained > 0 ? green(`+${gained}`) : '', lost > 0 ? red(`-${lost}`) : ''].filter(Boolean)
    return `    ${user}  ${action} ${module}  ${figures.join(' ')}`
  })
  const rest = people.length - most.length
  return rest > 0 ? [...lines, faint(`    and ${rest} more; --json has them all`)] : lines
}

function uncountedLine({ uncounted }: PolicyPlan['effect']): string[] {
  return uncounted > 0 ? [yellow(`  ${counted(uncounted, 'further change')} of somebody's reach not counted`)] : []
}

function promisesSection({ tests, invariants }: Pick<PolicyPlan, 'tests' | 'invariants'>): string[] {
  const failed = tests.filter(({ passed }) => !passed).length
  const violated = invariants.filter(({ holds }) => !holds).length
  return [
    ...tally('Tests', tests.length, failed, 'passed', 'failed'),
    ...tally('Invariants', invariants.length, violated, 'held', 'violated'),
  ]
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

function verdict({ applies, upToDate, version }: PolicyPlan): string {
  if (!applies) return red('An apply would be refused.')
  return upToDate ? `Nothing to do: version ${version} says the same.` : 'An apply would make these changes.'
}
