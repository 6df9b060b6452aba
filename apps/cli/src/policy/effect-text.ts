import type { PolicyPlan } from '@bailiwick/contract'
import { bold, faint, green, red } from '../text/paint.ts'
import { clean, counted } from '../text/paragraph.ts'

type Effect = PolicyPlan['effect']
type ActionEffect = Effect['actions'][number]
type SignInState = Effect['signIn'][number]['before']

/** How many people, fields and records are named of those that a change touches. */
const NAMED = 10

/** Who gains and loses what, by what: a section for records, permissions, figures, fields and signing in, each where there is something to tell. */
export function effectSections({ changes, effect }: PolicyPlan): string[][] {
  if (changes.length === 0) return []
  const records = recordLines(effect)
  const others = [
    titled('Creating and importing', effect.moduleActions.flatMap(moduleActionLines)),
    titled('Permissions', effect.permissions.flatMap(permissionLines)),
    titled('Figures over all records', effect.figures.flatMap(figureLines)),
    titled('Fields', effect.fields.flatMap(fieldLines)),
    titled('Signing in', effect.signIn.map(signInLine)),
    titled('Not licensed', effect.unlicensed.map(unlicensedLine)),
  ]
  return [titled('Who gains and loses', records.length > 0 ? records : [NOBODY]), ...others]
}

function unlicensedLine(module: string): string {
  return `  ${module}: what stands above of it comes about once a licence covers it.`
}

const NOBODY = '  Nobody: everyone reaches the records that he reaches now.'

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [bold(title), ...lines]
}

function recordLines({ actions, people }: Effect): string[] {
  return [...alike(actions).flatMap(actionLines), ...peopleLines(people)]
}

/** Actions that ask for the same level mostly fare alike: they are told in one line. */
function alike(actions: readonly ActionEffect[]): { readonly names: string; readonly effect: ActionEffect }[] {
  const groups = Map.groupBy(actions, ({ action: _action, ...effect }) => JSON.stringify(effect))
  return [...groups.values()].flatMap((group) => {
    const [effect] = group
    return effect ? [{ names: group.map(({ action }) => action).join(', '), effect }] : []
  })
}

function actionLines({ names, effect }: { readonly names: string; readonly effect: ActionEffect }): string[] {
  const { module, people, records, because, samples } = effect
  const gains = `${counted(people.gaining, 'person gains', 'people gain')} ${counted(records.gained, 'record')}`
  const losses = `${counted(people.losing, 'person loses', 'people lose')} ${counted(records.lost, 'record')}`
  const both = [...(people.gaining > 0 ? [green(gains)] : []), ...(people.losing > 0 ? [red(losses)] : [])]
  return [
    `  ${names} ${module}: ${both.join(', ')}`,
    ...because.map((cause) => `    ${faint(`by ${causeName(cause)}: ${turnoverText(cause)}`)}`),
    ...sampleLine('gained', samples.gained),
    ...sampleLine('lost', samples.lost),
  ]
}

function turnoverText({ gaining, losing }: { readonly gaining: number; readonly losing: number }): string {
  const gains = gaining > 0 ? [`${counted(gaining, 'person gains', 'people gain')}`] : []
  const losses = losing > 0 ? [`${counted(losing, 'person loses', 'people lose')}`] : []
  return [...gains, ...losses].join(', ')
}

const CAUSES: Readonly<Record<string, string>> = {
  owner: 'owning the record',
  team: 'the owning team',
  leader: 'leading the team',
  member: 'the team',
  peer: 'the role',
  superior: 'standing above the owner',
  default: 'the module’s sharing default',
  rule: 'the sharing rule',
  share: 'shares of records',
  profile: 'the overrides of the profile',
  parent: 'the lookup',
  confidential: 'confidentiality',
  restriction: 'the restriction rule',
  action: 'the actions of the profile',
  active: 'being active',
  module: 'the module’s going',
}

function causeName({ kind, by }: { readonly kind: string; readonly by?: string }): string {
  return clean([CAUSES[kind] ?? kind, by].filter(Boolean).join(' '))
}

function sampleLine(what: string, samples: ActionEffect['samples']['gained']): string[] {
  if (samples.length === 0) return []
  const names = samples.map(({ id, title }) => (title === undefined ? id : `${title} (${id})`))
  return [`    ${faint(clean(`${what}, as in ${names.join(', ')}`))}`]
}

/** Those whom it touches most, and how many more. */
function peopleLines(people: Effect['people']): string[] {
  const weight = (one: Effect['people'][number]) => one.gained + one.lost
  const most = [...people].sort((one, other) => weight(other) - weight(one)).slice(0, NAMED)
  const lines = most.map(({ user, module, actions, gained, lost, because }) => {
    const figures = [gained > 0 ? green(`+${gained}`) : '', lost > 0 ? red(`-${lost}`) : ''].filter(Boolean)
    const causes = faint(because.map(causeName).join(', '))
    return `    ${user}  ${actions.join(', ')} ${module}  ${figures.join(' ')}  ${causes}`
  })
  const rest = people.length - most.length
  return rest > 0 ? [...lines, faint(`    and ${rest} more; --json has them all`)] : lines
}

function moduleActionLines({ module, action, gaining, losing }: Effect['moduleActions'][number]): string[] {
  return turnoverLines(`${action} ${module}`, gaining, losing)
}

function permissionLines({ permission, gaining, losing }: Effect['permissions'][number]): string[] {
  return turnoverLines(permission, gaining, losing)
}

function figureLines({ module, gaining, losing }: Effect['figures'][number]): string[] {
  return turnoverLines(module, gaining, losing)
}

function turnoverLines(what: string, gaining: readonly string[], losing: readonly string[]): string[] {
  return [
    ...(gaining.length > 0 ? [`  ${green(`+ ${what}`)}: ${names(gaining)}`] : []),
    ...(losing.length > 0 ? [`  ${red(`- ${what}`)}: ${names(losing)}`] : []),
  ]
}

function names(people: readonly string[]): string {
  const rest = people.length - NAMED
  return `${people.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function fieldLines({ people, changes }: Effect['fields'][number]): string[] {
  const named = changes.slice(0, NAMED).map(({ module, field, before, after, mask }) => {
    const [was, is] = mask ? [`${before} (${mask.before})`, `${after} (${mask.after})`] : [before, after]
    return `    ${module}.${field}: ${was} → ${is}`
  })
  const rest = changes.length - named.length
  return [
    `  ${names(people)}`,
    ...named,
    ...(rest > 0 ? [faint(`    and ${counted(rest, 'field')} more; --json has them all`)] : []),
  ]
}

function signInLine({ people, before, after }: Effect['signIn'][number]): string {
  return `  ${names(people)}: ${stateText(before)} → ${stateText(after)}`
}

function stateText({ status, ways }: SignInState): string {
  if (status !== 'active') return status
  if (ways.length === 0) return 'never, having no profile'
  return ways.map(wayText).join(' or ')
}

function wayText({ windows, networks }: SignInState['ways'][number]): string {
  const times = windows ? windows.map(windowText).join(', ') : 'at any time'
  return `${times} from ${networks ? networks.join(', ') : 'anywhere'}`
}

function windowText({ days, from, to, timeZone }: NonNullable<SignInState['ways'][number]['windows']>[number]): string {
  return `${days.join('/')} ${from}–${to} ${timeZone ?? ''}`.trim()
}
