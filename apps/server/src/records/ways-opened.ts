import {
  type Action,
  type Change,
  canSignIn,
  changeFacts,
  compareFields,
  compareModuleActions,
  comparePermissions,
  everyonesLevel,
  isOfRecord,
  type Key,
  type Level,
  type Policy,
  type PolicyProfile,
  type PolicyUser,
  type RecordFacts,
  type Refusal,
  rankOf,
  rankOfAccess,
  whoCanDoWhat,
  whoMayGain,
} from '@bailiwick/access'
import { type ComparedRecords, type EffectQuestion, measureEffect } from '../policy/policy-effect.ts'
import { gainedBelow } from './gained-below.ts'
import type { Reading } from './stamped.ts'

/** How much a way lets people do, the refused thing included. */
export interface Opened {
  readonly people: number
  /** Over all of them: each record that somebody comes to do more to. */
  readonly records: number
  /** Over all people and records: each action. What asks for no record counts as one. */
  readonly actions: number
  /** Over all of them: each field that opens further. */
  readonly fields: number
  /** Over all of them: each of the organization's own permissions. */
  readonly permissions: number
}

export interface Opening {
  readonly refusal: Refusal
  readonly changes: readonly Change[]
  /** The policy as it is, and as the changes make it. */
  readonly before: Policy
  readonly after: Policy
  /** What everybody may do to the record as it is. */
  readonly could: ReadonlyMap<Key, readonly Action[]>
}

type Question = Omit<EffectQuestion, 'records'>

/** What was worked out of a policy goes with it: the same one must be asked about each time. */
const known = new WeakMap<Opening, Question>()

/** What the comparison is between, and of whom. */
export function questionOf({ now }: Pick<Reading, 'now'>, opening: Opening): Question {
  const asked = known.get(opening)
  if (asked) return asked
  const { after, changes } = opening
  const among = whoMayGain(after, changes)
  const question = { before: asOpened(opening), after, now, ...(among ? { among } : {}) }
  known.set(opening, question)
  return question
}

/** Counts all that a way opens, on records, below them and by policy, in the same measure whatever its steps are. */
export async function measureOpening(reading: Reading, opening: Opening, records: ComparedRecords): Promise<Opened> {
  const sum = new Sum()
  await addRecords(sum, reading, opening)
  if (opening.before !== opening.after) await addPolicy(sum, reading, opening, records)
  const { refusal, changes, after, could } = opening
  // A step on the record may be anybody's gain.
  const among = changes.some(isOfRecord) ? undefined : whoMayGain(after, changes)
  const can = whoCanDoWhat(after, changes.reduce(changeFacts, refusal.facts), refusal.asking, among)
  return sum.atLeast(gainsOf(could, can))
}

/** What is gained, by person: on how many records, and how many actions over them. */
type Gains = ReadonlyMap<Key, { readonly records: number; readonly actions: number }>

class Sum {
  readonly #gains = new Map<Key, { records: number; actions: number }>()
  readonly #people = new Set<Key>()
  #fields = 0
  #permissions = 0

  add(user: Key, records: number, actions: number): void {
    if (actions === 0) return
    const known = this.#gains.get(user) ?? { records: 0, actions: 0 }
    this.#gains.set(user, { records: known.records + records, actions: known.actions + actions })
    this.#people.add(user)
  }

  addFields(people: readonly Key[], fields: number): void {
    if (fields > 0) for (const user of people) this.#people.add(user)
    this.#fields += fields * people.length
  }

  addPermission(people: readonly Key[]): void {
    for (const user of people) this.#people.add(user)
    this.#permissions += people.length
  }

  /** With what is gained on the record in question: there, the clock and the licence have a say, too. */
  atLeast(onRecord: Gains): Opened {
    for (const [user, { records, actions }] of onRecord) {
      const known = this.#gains.get(user)
      if (!known || known.actions < actions)
        this.#gains.set(user, { records: Math.max(records, known?.records ?? 0), actions })
      this.#people.add(user)
    }
    const gains = [...this.#gains.values()]
    return {
      people: this.#people.size,
      records: gains.reduce((sum, { records }) => sum + records, 0),
      actions: gains.reduce((sum, { actions }) => sum + actions, 0),
      fields: this.#fields,
      permissions: this.#permissions,
    }
  }
}

function gainsOf(could: ReadonlyMap<Key, readonly Action[]>, can: ReadonlyMap<Key, readonly Action[]>): Gains {
  const gains = [...can].map(([user, actions]) => {
    const more = actions.filter((action) => !could.get(user)?.includes(action))
    return [user, { records: 1, actions: more.length }] as const
  })
  return new Map(gains.filter(([, { actions }]) => actions > 0))
}

/** Under the policy to come: what steps on the record and its parents give on those and on all that hangs under them. */
async function addRecords(sum: Sum, reading: Reading, { refusal, changes, after }: Opening): Promise<void> {
  const { facts, asking } = refusal
  const steps = changes.filter(isOfRecord)
  for (const above of new Set(steps.map(({ on }) => on?.above ?? 0))) {
    const [was, is] = [recordAbove(facts, above), recordAbove(steps.reduce(changeFacts, facts), above)]
    if (!was || !is) continue
    const gained = gainsOf(whoCanDoWhat(after, was, asking), whoCanDoWhat(after, is, asking))
    for (const [user, { records, actions }] of gained) sum.add(user, records, actions)
    const risen = risenLevels(everyonesLevel(after, was, asking), everyonesLevel(after, is, asking))
    for (const one of await gainedBelow(reading, after, is, risen)) sum.add(one.user, one.records, one.actions)
  }
}

function recordAbove(facts: RecordFacts, above: number): RecordFacts | undefined {
  if (above === 0) return facts
  return facts.parent ? recordAbove(facts.parent, above - 1) : undefined
}

function risenLevels(had: ReadonlyMap<Key, Level>, has: ReadonlyMap<Key, Level>): Map<Key, Level> {
  return new Map([...has].filter(([user, level]) => rankOf(level) > rankOf(had.get(user) ?? 'none')))
}

async function addPolicy(sum: Sum, reading: Reading, opening: Opening, records: ComparedRecords): Promise<void> {
  const question = questionOf(reading, opening)
  const { before, after } = question
  const { people } = await measureEffect({ ...question, records })
  for (const [, ofUser] of Map.groupBy(people, ({ user, module }) => `${user} ${module}`)) {
    const most = Math.max(...ofUser.map(({ gained }) => gained))
    const actions = ofUser.reduce((total, one) => total + one.gained * one.actions.length, 0)
    for (const { user } of ofUser.slice(0, 1)) sum.add(user, most, actions)
  }
  for (const effect of compareModuleActions(before, after)) for (const user of effect.gaining) sum.add(user, 0, 1)
  for (const effect of comparePermissions(before, after)) sum.addPermission(effect.gaining)
  for (const { people: whose, changes: of } of compareFields(before, after)) {
    sum.addFields(whose, of.filter((one) => rankOfAccess(one.after) > rankOfAccess(one.before)).length)
  }
}

/**
 * The policy that the one to come is compared with. A comparison asks neither clock nor licence; so whom the way lets in at that moment
 * stands there without a profile, and modules that it licenses are in none: all that is done by them is opened by the way.
 */
function asOpened(opening: Opening): Policy {
  const { before, changes } = opening
  const licensed = changes.flatMap((change) => (change.kind === 'license' ? [change.module] : []))
  const letIn = peopleLetIn(opening)
  if (licensed.length === 0 && letIn.size === 0) return before
  const profilesOf = (user: PolicyUser) =>
    letIn.has(user.key)
      ? []
      : licensed.length === 0
        ? user.profiles
        : user.profiles.map((one) => without(one, licensed))
  const users = [...before.users].map(([key, user]) => {
    const status = letIn.has(key) ? 'active' : user.status
    return [key, { ...user, status, profiles: profilesOf(user) }] as const
  })
  return { ...before, users: new Map(users) }
}

/** No profile lets people do anything in modules that aren't licensed. */
function without(profile: PolicyProfile, modules: readonly Key[]): PolicyProfile {
  return { ...profile, moduleOf: (module) => (modules.includes(module) ? undefined : profile.moduleOf(module)) }
}

/** What may let somebody in who wasn't: the other steps don't ask who signs in, and when. */
const LETTING_IN: ReadonlySet<Change['kind']> = new Set(['activate', 'giveProfile', 'allowHours', 'allowNetwork'])

/** Who may be signed in at that moment only once the way is gone. */
function peopleLetIn({ before, after, changes, refusal: { asking } }: Opening): Set<Key> {
  const steps = changes.filter(({ kind }) => LETTING_IN.has(kind))
  const gaining = [...(whoMayGain(after, steps) ?? [])]
  return new Set(gaining.filter((key) => canSignIn(after, key, asking) && !canSignIn(before, key, asking)))
}
