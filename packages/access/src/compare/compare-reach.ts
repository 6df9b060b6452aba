import type { Action, Key, OwnerRef } from '../document.ts'
import { type ClassIndex, indexClasses, united } from './class-index.ts'
import { type ModulePlan, zoneOf } from './compare-plan.ts'
import type { ReachGroup } from './group-people.ts'
import type { RecordClasses } from './record-classes.ts'
import type { PolicySide } from './sources.ts'
import {
  type ActionBundle,
  bundlesOf,
  type Cause,
  type ComparedPerson,
  comparePerson,
  type Figures,
  type Tally,
  tallyPerson,
} from './tally.ts'

/** What one person gains and loses of a module, by actions that fare alike. */
export interface PersonEffect extends Figures {
  readonly user: Key
  readonly module: Key
  readonly actions: readonly Action[]
  readonly because: readonly (Cause & Figures)[]
}

/** Somebody who gains (or loses) records of these owners: where to look for a few to show. */
export interface Example {
  readonly user: Key
  readonly owners: readonly OwnerRef[]
}

/** What a change does with an action on a module, over everyone. */
export interface ActionEffect {
  readonly module: Key
  readonly action: Action
  readonly people: { readonly gaining: number; readonly losing: number }
  /** Each record counted once, however many people gain or lose it. */
  readonly records: Figures
  readonly because: readonly (Cause & { readonly gaining: number; readonly losing: number })[]
  readonly examples: { readonly gained: readonly Example[]; readonly lost: readonly Example[] }
}

export interface ReachEffect {
  readonly people: readonly PersonEffect[]
  readonly actions: readonly ActionEffect[]
}

/**
 * Who gains and loses which actions on how many records of a module, and by what: exact. Of people alike one is compared over all
 * classes that matter to him, and the others only over those that name them, or as he is where that is less. Yields how many groups it
 * is through with.
 */
export function* compareReach(
  before: PolicySide,
  after: PolicySide,
  plan: ModulePlan,
  classes: RecordClasses,
): Generator<number, ReachEffect> {
  const index = indexClasses(classes)
  const totals = new Totals(plan.module, classes)
  const people: PersonEffect[] = []
  for (const [at, group] of plan.groups.entries()) {
    yield at
    for (const { user, bundles, tallies } of compareGroup(before, after, group, index)) {
      for (const [position, tally] of tallies.entries()) {
        const bundle = bundles[position]
        if (!bundle || (tally.gained === 0 && tally.lost === 0)) continue
        people.push(personEffect(user, plan.module, bundle, tally))
        totals.add(user, bundle, tally)
      }
    }
  }
  return { people, actions: totals.effects() }
}

interface ComparedTallies {
  readonly user: Key
  readonly bundles: readonly ActionBundle[]
  readonly tallies: readonly Tally[]
}

function* compareGroup(
  before: PolicySide,
  after: PolicySide,
  { module, users, actions }: ReachGroup,
  index: ClassIndex,
): Generator<ComparedTallies> {
  const [first = '', ...others] = users
  const bundles = bundlesOf(actions)
  const personOf = (user: Key) => comparePerson(before, after, user, module)
  const over = (person: ComparedPerson, among: Int32Array) => tallyPerson(person, module, bundles, index.classes, among)
  const one = personOf(first)
  const zone = zoneOf(one, actions)
  const places = index.find(zone)
  const whole = over(one, places)
  yield { user: first, bundles, tallies: whole }
  for (const user of others) {
    const person = personOf(user)
    const named = united([index.ofPerson(`user:${first}`), index.ofPerson(`user:${user}`)])
    if (places.length <= 2 * named.length && index.isIndexed(zone)) {
      yield { user, bundles, tallies: over(person, index.find(zoneOf(person, actions))) }
      continue
    }
    const [without, instead] = [over(one, named), over(person, named)]
    yield { user, bundles, tallies: whole.map((tally, at) => replaced(tally, without[at], instead[at])) }
  }
}

/** Of the classes that name neither, all is as for the first; what is gained elsewhere stands in his own tally. */
function replaced(whole: Tally, without: Tally | undefined, instead: Tally | undefined): Tally {
  if (!without || !instead) return whole
  const causes = new Map<string, Cause & Figures>()
  for (const [tally, sign] of [
    [whole, 1],
    [without, -1],
    [instead, 1],
  ] as const) {
    for (const [name, cause] of tally.causes) {
      const known = causes.get(name) ?? { ...cause, gained: 0, lost: 0 }
      causes.set(name, { ...known, gained: known.gained + sign * cause.gained, lost: known.lost + sign * cause.lost })
    }
  }
  return {
    gained: whole.gained - without.gained + instead.gained,
    lost: whole.lost - without.lost + instead.lost,
    causes,
    gainedAt: instead.gainedAt,
    lostAt: instead.lostAt,
  }
}

function personEffect(
  user: Key,
  module: Key,
  { actions }: ActionBundle,
  { gained, lost, causes }: Tally,
): PersonEffect {
  const because = [...causes.values()].filter((cause) => cause.gained > 0 || cause.lost > 0)
  return { user, module, actions, gained, lost, because }
}

const MOST_EXAMPLES = 3
const OWNERS_IN_EXAMPLE = 10

class Totals {
  readonly #module: Key
  readonly #classes: RecordClasses
  readonly #actions = new Map<Action, ActionTotal>()

  constructor(module: Key, classes: RecordClasses) {
    this.#module = module
    this.#classes = classes
  }

  add(user: Key, { actions }: ActionBundle, tally: Tally): void {
    for (const action of actions) {
      const total = this.#actions.get(action) ?? new ActionTotal(this.#classes)
      this.#actions.set(action, total)
      total.add(user, tally)
    }
  }

  effects(): ActionEffect[] {
    return [...this.#actions].map(([action, total]) => ({ module: this.#module, action, ...total.effect() }))
  }
}

class ActionTotal {
  readonly #classes: RecordClasses
  readonly #isGained: Uint8Array
  readonly #isLost: Uint8Array
  readonly #causes = new Map<string, Cause & { gaining: number; losing: number }>()
  readonly #examples = { gained: [] as Example[], lost: [] as Example[] }
  #gaining = 0
  #losing = 0

  constructor(classes: RecordClasses) {
    this.#classes = classes
    this.#isGained = new Uint8Array(classes.counts.length)
    this.#isLost = new Uint8Array(classes.counts.length)
  }

  add(user: Key, { gained, lost, causes, gainedAt, lostAt }: Tally): void {
    if (gained > 0) this.#gaining++
    if (lost > 0) this.#losing++
    for (const at of gainedAt) this.#isGained[at] = 1
    for (const at of lostAt) this.#isLost[at] = 1
    for (const [name, { kind, by, gained: more, lost: less }] of causes) {
      const known = this.#causes.get(name) ?? { kind, ...(by === undefined ? {} : { by }), gaining: 0, losing: 0 }
      this.#causes.set(name, known)
      if (more > 0) known.gaining++
      if (less > 0) known.losing++
    }
    this.#keepExample(this.#examples.gained, user, gainedAt)
    this.#keepExample(this.#examples.lost, user, lostAt)
  }

  #keepExample(examples: Example[], user: Key, places: Int32Array): void {
    if (examples.length >= MOST_EXAMPLES || places.length === 0) return
    const owners = this.#classes.sides.get('')?.owners ?? []
    const found = new Set([...places.subarray(0, OWNERS_IN_EXAMPLE * 10)].map((at) => owners[at] ?? ''))
    examples.push({ user, owners: [...found].slice(0, OWNERS_IN_EXAMPLE) })
  }

  effect(): Omit<ActionEffect, 'module' | 'action'> {
    return {
      people: { gaining: this.#gaining, losing: this.#losing },
      records: { gained: this.#sum(this.#isGained), lost: this.#sum(this.#isLost) },
      because: [...this.#causes.values()].filter(({ gaining, losing }) => gaining > 0 || losing > 0),
      examples: this.#examples,
    }
  }

  #sum(flags: Uint8Array): number {
    return flags.reduce((sum, flag, at) => sum + (flag ? (this.#classes.counts[at] ?? 0) : 0), 0)
  }
}
