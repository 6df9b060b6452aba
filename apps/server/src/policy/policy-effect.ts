import { setImmediate as breathe } from 'node:timers/promises'
import {
  type Action,
  type Difference,
  isActionGranted,
  type Key,
  levelReach,
  NEEDED_LEVEL,
  type Policy,
  type ReachCondition,
  reachCondition,
} from '@bailiwick/access'
import { affectedPeople } from './affected-people.ts'
import { conditionsEqual } from './conditions-equal.ts'
import { withoutNewColumns } from './without-new-columns.ts'

/** The actions whose reach a plan compares; the others need one of the same levels. */
export const COMPARED_ACTIONS = ['read', 'update', 'delete'] as const satisfies readonly Action[]

/** How many undeleted records of a module the first condition holds on and the second doesn't, and the other way round. */
export type CountReached = (
  module: Key,
  before: ReachCondition,
  after: ReachCondition,
) => Promise<{ readonly lost: number; readonly gained: number }>

/** One person's gain and loss; where his reach changes over no record at all, he isn't listed. */
export interface PersonEffect {
  readonly user: Key
  readonly module: Key
  readonly action: Action
  readonly gained: number
  readonly lost: number
}

/** What a change does with an action on a module, over everyone. */
export interface ActionEffect {
  readonly module: Key
  readonly action: Action
  readonly people: { readonly gaining: number; readonly losing: number }
  readonly records: { readonly gained: number; readonly lost: number }
}

export interface PolicyEffect {
  readonly people: readonly PersonEffect[]
  readonly actions: readonly ActionEffect[]
  /** Pairs of person and module whose reach changes but that were left uncounted, past the limit. */
  readonly uncounted: number
}

export interface ReachChange {
  readonly user: Key
  readonly module: Key
  readonly action: Action
  readonly before: ReachCondition
  readonly after: ReachCondition
}

/**
 * Who gains and loses what: records as they are now, counted by both policies' reach. Modules that come or go with the change have no
 * say in it. Both policies must be examined ones.
 * @param differences what the two documents don't have alike.
 * @param mostCounted how many changed reaches are counted before the rest is only told of.
 */
export async function measureEffect(
  before: Policy,
  after: Policy,
  differences: readonly Difference[],
  countReached: CountReached,
  mostCounted: number,
): Promise<PolicyEffect> {
  const changes = await findReachChanges(before, after, affectedPeople(before, after, differences))
  const people: PersonEffect[] = []
  for (const change of changes.slice(0, mostCounted)) {
    const { gained, lost } = await countReached(change.module, change.before, change.after)
    const { user, module, action } = change
    if (gained > 0 || lost > 0) people.push({ user, module, action, gained, lost })
  }
  return { people, actions: sumUp(people), uncounted: Math.max(0, changes.length - mostCounted) }
}

/** People compared between two breaths of the server: a few milliseconds' work. */
const AT_A_STRETCH = 20

/** In the order of the document. Comparing thousands of people takes seconds, in which the server has others to answer. */
export async function findReachChanges(
  before: Policy,
  after: Policy,
  affected: ReadonlySet<Key> | 'everyone',
): Promise<ReachChange[]> {
  const users = [...new Set([...before.users.keys(), ...after.users.keys()])]
  const compared = affected === 'everyone' ? users : users.filter((user) => affected.has(user))
  const modules = [...before.modules.keys()].filter((module) => after.modules.has(module))
  const changes: ReachChange[] = []
  for (const [at, user] of compared.entries()) {
    if (at % AT_A_STRETCH === 0) await breathe()
    for (const module of modules) changes.push(...changesOf(before, after, user, module))
  }
  return changes
}

function changesOf(before: Policy, after: Policy, user: Key, module: Key): ReachChange[] {
  return COMPARED_ACTIONS.map((action) => ({
    user,
    module,
    action,
    before: reachIn(before, user, module, action),
    after: withoutNewColumns(reachIn(after, user, module, action), module, before, after),
  })).filter((change) => !conditionsEqual(change.before, change.after))
}

/** `allow` without the clock: what a profile grants, on the records of the level that it needs. */
function reachIn(policy: Policy, user: Key, module: Key, action: (typeof COMPARED_ACTIONS)[number]): ReachCondition {
  const person = policy.users.get(user)
  const needed = NEEDED_LEVEL[action]
  if (!person || needed === undefined || !isActionGranted(person, module, action)) return { literal: false }
  return reachCondition(levelReach(policy, user, module, needed))
}

function sumUp(people: readonly PersonEffect[]): ActionEffect[] {
  const groups = Map.groupBy(people, ({ module, action }) => `${module} ${action}`)
  return [...groups.values()].map((group) => {
    const [first] = group as [PersonEffect]
    const sum = (of: 'gained' | 'lost') => group.reduce((total, effect) => total + effect[of], 0)
    const people = { gaining: count(group, 'gained'), losing: count(group, 'lost') }
    return { module: first.module, action: first.action, people, records: { gained: sum('gained'), lost: sum('lost') } }
  })
}

function count(effects: readonly PersonEffect[], of: 'gained' | 'lost'): number {
  return effects.filter((effect) => effect[of] > 0).length
}
