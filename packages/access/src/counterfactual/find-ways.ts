import type { ModuleCatalogue } from '../document.ts'
import { NEEDED_LEVEL } from '../facts.ts'
import type { Policy, PolicyModule, PolicyUser } from '../policy.ts'
import { profileAllows } from '../sign-in.ts'
import { actionOptions, fieldOptions, ordinary, profileOptions, signInOptions } from './admission-options.ts'
import { belongingOptions } from './belonging-options.ts'
import type { Change } from './change.ts'
import { createEstimate } from './estimate-opening.ts'
import { type LevelQuestion, levelOptions, recordSteps, type Side, sidesOf, unbarringOptions } from './level-options.ts'
import type { Refusal, Way } from './refusal.ts'
import { createTrial, type Trial } from './trial.ts'
import { leastFirst, MOST_TRIED, Ways } from './ways.ts'

/** Of what meets one obstacle, how much is put together with what meets the others: that which opens least. */
const MOST_AGAINST_ONE = 12
const MOST_TOGETHER = 4_000

/**
 * The smallest sets of changes that would allow what is refused: each tried on the document and the record, and without each of its
 * parts. Nothing for what is allowed, and for somebody or something unknown. Every single change of a known kind is tried, and what
 * meets several obstacles together. Those that seem to open least come first; who measures them will know.
 */
export function findWays(policy: Policy, catalogue: ModuleCatalogue, refusal: Refusal): Way[] {
  const person = policy.users.get(refusal.user)
  const module = policy.modules.get(refusal.facts.module)
  if (!person || !module) return []
  const trial = createTrial(policy, catalogue, refusal)
  if (trial.allows([])) return []
  const question = questionOf(policy, person, module, refusal)
  const estimate = createEstimate(policy, question.person, refusal.asking)
  const found = new Ways(trial, estimate)
  const singles = singleSteps(question).map((change): Way => [change])
  found.add(
    leastFirst(
      singles.filter((way) => trial.made < MOST_TRIED / 2 && trial.allows(way)),
      estimate,
    ),
  )
  found.add(together(question, trial, estimate))
  return found.leastFirst()
}

interface Question extends LevelQuestion {
  readonly refusal: Refusal
  readonly module: PolicyModule
  /** As he is. */
  readonly asked: PolicyUser
  readonly sides: readonly Side[]
  readonly needsLevel: boolean
}

function questionOf(policy: Policy, asked: PolicyUser, module: PolicyModule, refusal: Refusal): Question {
  const needed = NEEDED_LEVEL[refusal.action]
  return {
    policy,
    refusal,
    module,
    asked,
    person: { ...asked, status: 'active' },
    asking: refusal.asking,
    sides: sidesOf(policy, refusal.facts),
    needed: needed ?? 'read',
    needsLevel: needed !== undefined,
  }
}

/** Every single step of a known kind that may have to do with the refusal. */
function singleSteps(question: Question): Change[] {
  const { policy, person, module, refusal, sides, needsLevel } = question
  const restrictions = sides.flatMap((side) => policy.restrictionRules.get(side.module.key) ?? [])
  const ofRecord: Change[] = needsLevel
    ? [
        ...recordSteps(question, sides),
        ...restrictions.map(({ key }): Change => ({ kind: 'exceptFromRestriction', user: person.key, rule: key })),
        ...belongingOptions(policy, person, sides),
      ]
    : []
  const ofProfiles = [
    ...profileOptions(policy, person),
    ...signInOptions(policy, person, refusal.asking),
    ...actionOptions(policy, person, refusal),
    ...fieldOptions(module, ordinary(person.profiles), refusal),
  ]
  return [...unlocking(question), ...ofRecord, ...ofProfiles.flatMap((way) => (way.length === 1 ? way : []))]
}

/** What stands before everything else. */
function unlocking({ policy, module, asked, refusal, needsLevel }: Question): Change[] {
  return [
    ...(policy.isLicensed(module.key) ? [] : [{ kind: 'license', module: module.key } as const]),
    ...(asked.status === 'active' ? [] : [{ kind: 'activate', user: asked.key } as const]),
    ...(refusal.facts.deleted && needsLevel ? [{ kind: 'restore' } as const] : []),
  ]
}

type Estimate = (way: Way) => number

/** What every obstacle could be met by, each with each, the fewest steps first; more than needed is taken out again. */
function together(question: Question, trial: Trial, estimate: Estimate): Way[] {
  const { policy, person, module, refusal } = question
  const always = unlocking(question)
  const few = (ways: readonly Way[]) => leastFirst(ways, estimate).slice(0, MOST_AGAINST_ONE)
  const entering = [[], ...few(signInOptions(policy, person, refusal.asking))]
  const acting = [[], ...few(actionOptions(policy, person, refusal)), ...few(helpfulProfiles(question))]
  const ways: Way[] = []
  for (const level of levelsOf(question, trial, always, estimate)) {
    for (const enter of entering) {
      for (const act of acting) {
        for (const open of [[], ...few(fieldOptions(module, profilesWith(question, act), refusal))]) {
          ways.push([...level, ...enter, ...act, ...open, ...always])
        }
      }
    }
  }
  // Of as many steps, what opens least stays first.
  return leastFirst(ways, estimate)
    .sort((one, other) => one.length - other.length)
    .slice(0, MOST_TOGETHER)
}

/** The profiles by which he could do anything there, or sign in. */
function helpfulProfiles({ policy, person, module, refusal }: Question): Way[] {
  return profileOptions(policy, person, (profile) => {
    return (profile.moduleOf(module.key)?.actions ?? []).length > 0 || profileAllows(policy, profile, refusal.asking)
  })
}

/** What brings him to the level: steps on records, and belonging elsewhere, with what bars him still taken away. */
function levelsOf(question: Question, trial: Trial, always: readonly Change[], estimate: Estimate): Way[] {
  const { policy, person, sides, needed, needsLevel } = question
  if (!needsLevel) return [[]]
  const unbarring = unbarringOptions(question, sides)
  const enough: Way[] = []
  for (const change of belongingOptions(policy, person, sides)) {
    if (trial.made >= MOST_TRIED / 2) break
    const ways = unbarring.map((way): Way => [change, ...way])
    const way = ways.find((one) => trial.reaches([...one, ...always], needed))
    if (way) enough.push(way)
  }
  return [...levelOptions(question, sides), ...leastFirst(enough, estimate).slice(0, MOST_AGAINST_ONE)]
}

function profilesWith({ policy, person }: Question, acting: Way) {
  const given = acting.flatMap((change) => (change.kind === 'giveProfile' ? [change.profile] : []))
  return ordinary([...person.profiles, ...given.flatMap((key) => policy.profiles.get(key) ?? [])])
}
