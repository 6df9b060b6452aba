import type { Key } from '../document.ts'
import type { ReachCondition } from '../reach-condition.ts'
import { type GrantedAction, groupPeople, type ReachGroup } from './group-people.ts'
import { addNamed, addNeeded, type NeededSides } from './record-classes.ts'
import { type PolicySide, zoneOfChange, zoneOfGrants } from './sources.ts'
import { type ComparedPerson, comparePerson } from './tally.ts'
import { ZoneUnion } from './zone-union.ts'

/** What a comparison in one module is about, and which records it has to know. */
export interface ModulePlan {
  readonly module: Key
  readonly groups: readonly ReachGroup[]
  /** Holds on every record that anybody gains or loses. */
  readonly zone: ReachCondition
  /** What classes of those records must tell. */
  readonly needed: NeededSides
}

/**
 * Who has to be compared over which records. Yields the number of people looked at, then that of groups, so that whoever walks it may
 * pause and tell how far it is.
 * @param modules of the policy before, those that have records; the one after may have them no more
 * @param among the people who are looked at; unstated, everybody
 */
export function* planComparison(
  before: PolicySide,
  after: PolicySide,
  modules: readonly Key[],
  among?: ReadonlySet<Key>,
): Generator<number, ModulePlan[]> {
  const groups = yield* groupPeople(before, after, modules, among)
  const plans: ModulePlan[] = []
  for (const [module, ofModule] of Map.groupBy(groups, (group) => group.module)) {
    plans.push(yield* planModule(before, after, module, ofModule))
  }
  return plans
}

function* planModule(
  before: PolicySide,
  after: PolicySide,
  module: Key,
  groups: readonly ReachGroup[],
): Generator<number, ModulePlan> {
  const zone = new ZoneUnion()
  const needed: NeededSides = new Map()
  for (const [at, { users, actions }] of groups.entries()) {
    yield at
    const [user = ''] = users
    const person = comparePerson(before, after, user, module)
    const looked = zoneOf(person, actions)
    zone.add(looked)
    for (const { grants, caps } of [person.before, person.after]) {
      for (const { condition } of [...grants, ...caps]) addNeeded(needed, module, condition)
    }
    addNeeded(needed, module, looked)
  }
  const several = new Set(groups.flatMap(({ users }) => (users.length > 1 ? users : [])).map((user) => `user:${user}`))
  addNamed(needed, several)
  if (several.size > 0) for (const own of ownZones(several, needed)) zone.add(own)
  return { module, groups, zone: zone.condition, needed }
}

/** Where a person's reach may change at all: on all that he reaches, if it is the action that comes or goes. */
export function zoneOf({ before, after, changed }: ComparedPerson, actions: readonly GrantedAction[]): ReachCondition {
  return actions.some((granted) => granted.before !== granted.after)
    ? zoneOfGrants(before, after)
    : zoneOfChange(changed)
}

/** What is people's by name: their own records, those shared with them, and what hangs under such. */
function* ownZones(people: ReadonlySet<string>, needed: NeededSides): Iterable<ReachCondition> {
  for (const path of needed.keys()) {
    yield throughParents({ owners: people }, path, needed)
    yield throughParents({ sharedWith: people, atLeast: 'read' }, path, needed)
  }
}

function throughParents(condition: ReachCondition, path: string, needed: NeededSides): ReachCondition {
  const side = needed.get(path)
  if (!side?.from) return condition
  const { field } = side.from
  return throughParents({ parent: { field, module: side.module, condition } }, side.from.path, needed)
}
