import type { ModuleCatalogue } from '../document.ts'
import { NEEDED_LEVEL } from '../facts.ts'
import type { Policy, PolicyModule, PolicyUser } from '../policy.ts'
import { actionOptions, fieldOptions, ordinary, profileOptions, signInOptions } from './admission-options.ts'
import { belongingOptions } from './belonging-options.ts'
import type { Change } from './change.ts'
import { type LevelQuestion, levelOptions, recordSteps, type Side, sidesOf } from './level-options.ts'
import type { Refusal, Way } from './refusal.ts'
import { createTrial, type Trial } from './trial.ts'

const MOST_WAYS = 12
const MOST_OF_A_KIND = 3
/** Policies made to try them out, of which each takes a millisecond where there are hundreds of roles, teams and rules. */
const MOST_TRIED = 1_000
const MOST_TOGETHER = 4_000

/**
 * The smallest sets of changes that would allow what is refused: each tried on the document and the record, and without each of its
 * parts. Nothing for what is allowed, and for somebody or something unknown. Every single change of a known kind is tried, and what
 * meets several obstacles together.
 */
export function findWays(policy: Policy, catalogue: ModuleCatalogue, refusal: Refusal): Way[] {
  const person = policy.users.get(refusal.user)
  const module = policy.modules.get(refusal.facts.module)
  if (!person || !module) return []
  const trial = createTrial(policy, catalogue, refusal)
  if (trial.allows([])) return []
  const found = new Ways(trial)
  const question = questionOf(policy, person, module, refusal)
  const singles = singleSteps(question)
  for (const change of singles) found.add([change])
  for (const way of together(question, trial)) found.add(way)
  return found.smallestFirst()
}

/** Ways that stand on their own, a few of each kind. */
class Ways {
  readonly #trial: Trial
  readonly #found = new Map<string, Way>()
  readonly #kinds = new Map<string, number>()

  constructor(trial: Trial) {
    this.#trial = trial
  }

  add(candidate: Way): void {
    if (this.#trial.made >= MOST_TRIED || this.#kindIsFull(candidate) || this.#includesFound(candidate)) return
    if (!this.#trial.allows(candidate)) return
    const way = withoutNeedless(candidate, this.#trial)
    if (this.#kindIsFull(way) || this.#includesFound(way)) return
    this.#found.set(nameOf(way), way)
    this.#kinds.set(kindsOf(way), (this.#kinds.get(kindsOf(way)) ?? 0) + 1)
  }

  smallestFirst(): Way[] {
    const ways = [...this.#found.values()].sort((one, other) => one.length - other.length)
    return ways.slice(0, MOST_WAYS)
  }

  #kindIsFull(way: Way): boolean {
    return (this.#kinds.get(kindsOf(way)) ?? 0) >= MOST_OF_A_KIND
  }

  #includesFound(way: Way): boolean {
    const names = new Set(way.map((change) => JSON.stringify(change)))
    return [...this.#found.values()].some((other) => other.every((change) => names.has(JSON.stringify(change))))
  }
}

function nameOf(way: Way): string {
  return way
    .map((change) => JSON.stringify(change))
    .sort()
    .join()
}

function kindsOf(way: Way): string {
  return way
    .map(({ kind }) => kind)
    .sort()
    .join()
}

function withoutNeedless(candidate: Way, { allows }: Trial): Way {
  return candidate.reduce<Way>((kept, change) => {
    const without = kept.filter((one) => one !== change)
    return allows(without) ? without : kept
  }, candidate)
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

/** What every obstacle could be met by, each with each, the fewest steps first; more than needed is taken out again. */
function together(question: Question, trial: Trial): Way[] {
  const { policy, person, module, refusal } = question
  const always = unlocking(question)
  const profiles = profileOptions(policy, person)
  const entering = [[], ...signInOptions(policy, person, refusal.asking)]
  const acting = [[], ...actionOptions(policy, person, refusal), ...profiles]
  const ways: Way[] = []
  for (const level of levelsOf(question, trial, always)) {
    for (const enter of entering) {
      for (const act of acting) {
        for (const open of [[], ...fieldOptions(module, profilesWith(question, act), refusal)]) {
          if (ways.length < MOST_TOGETHER) ways.push([...level, ...enter, ...act, ...open, ...always])
        }
      }
    }
  }
  return ways.sort((one, other) => one.length - other.length)
}

/** What brings him to the level: steps on records, and belonging elsewhere where that alone does. */
function levelsOf(question: Question, trial: Trial, always: readonly Change[]): Way[] {
  const { policy, person, sides, needed, needsLevel } = question
  if (!needsLevel) return [[]]
  const steps = levelOptions(question, sides)
  const belonging = belongingOptions(policy, person, sides)
  const exceptions = steps[0]?.filter(({ kind }) => kind === 'exceptFromRestriction') ?? []
  const enough: Way[] = []
  for (const change of belonging) {
    if (enough.length >= MOST_OF_A_KIND || trial.made >= MOST_TRIED / 2) break
    if (trial.reaches([change, ...exceptions, ...always], needed)) enough.push([change, ...exceptions])
  }
  return [...steps, ...enough]
}

function profilesWith({ policy, person }: Question, acting: Way) {
  const given = acting.flatMap((change) => (change.kind === 'giveProfile' ? [change.profile] : []))
  return ordinary([...person.profiles, ...given.flatMap((key) => policy.profiles.get(key) ?? [])])
}
