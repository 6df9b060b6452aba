import type { Action, Key, Level } from '../document.ts'
import { rankOf } from '../evaluate.ts'
import { NEEDED_LEVEL } from '../facts.ts'
import type { PolicyUser } from '../policy.ts'
import type { GrantedAction } from './group-people.ts'
import { type RecordClasses, whereHolds } from './record-classes.ts'
import {
  type ChangedSource,
  changedSources,
  levelsOf,
  type PolicySide,
  type Sources,
  sourcesOf,
  unchangedSources,
} from './sources.ts'

/** What made somebody gain or lose: a grant that came or went, a cap that was lifted or laid on, an action, or who he is. */
export interface Cause {
  /** As in an explanation, besides `action` (a profile came to grant it, or ceased to), `active` (the person did) and `module` (it goes). */
  readonly kind: ChangedSource['kind'] | 'action' | 'active' | 'module'
  /** The rule, team, role, profile or lookup field. */
  readonly by?: Key
}

export interface Figures {
  readonly gained: number
  readonly lost: number
}

/** Actions that ask for the same level and whose grants change alike: they gain and lose the same records. */
export interface ActionBundle {
  readonly actions: readonly Action[]
  readonly needs: number
  readonly before: boolean
  readonly after: boolean
}

export function bundlesOf(actions: readonly GrantedAction[]): ActionBundle[] {
  const onRecords = actions.filter(({ action }) => NEEDED_LEVEL[action] !== undefined)
  const groups = Map.groupBy(onRecords, ({ action, before, after }) => `${NEEDED_LEVEL[action]} ${before} ${after}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const level: Level = (first && NEEDED_LEVEL[first.action]) ?? 'none'
    if (!first) return []
    const { before, after } = first
    return [{ actions: group.map(({ action }) => action), needs: rankOf(level), before, after }]
  })
}

/** One person in both policies. */
export interface ComparedPerson {
  readonly user: Key
  readonly before: Sources
  readonly after: Sources
  readonly changed: readonly ChangedSource[]
  /** The sources that are the same in both. */
  readonly same: Sources
  readonly wasActive: boolean
  readonly isActive: boolean
  /** Whether the policy to come has the module still. */
  readonly keepsModule: boolean
  readonly profilesBefore: PolicyUser['profiles']
  readonly profilesAfter: PolicyUser['profiles']
}

export function comparePerson(before: PolicySide, after: PolicySide, user: Key, module: Key): ComparedPerson {
  const [was, is] = [before.policy.users.get(user), after.policy.users.get(user)]
  const [had, has] = [sourcesOf(before, user, module), sourcesOf(after, user, module)]
  const changed = changedSources(had, has)
  return {
    user,
    before: had,
    after: has,
    changed,
    same: unchangedSources(had, changed),
    wasActive: was?.status === 'active',
    isActive: is?.status === 'active',
    keepsModule: after.policy.modules.has(module),
    profilesBefore: was?.profiles ?? [],
    profilesAfter: is?.profiles ?? [],
  }
}

/** What one bundle of actions gains and loses over some classes. */
export interface Tally extends Figures {
  readonly causes: ReadonlyMap<string, Cause & Figures>
  /** Places of the classes gained and lost. */
  readonly gainedAt: Int32Array
  readonly lostAt: Int32Array
}

/** Counts the records of the classes `among` that the person gains and loses, one tally for each bundle. */
export function tallyPerson(
  person: ComparedPerson,
  module: Key,
  bundles: readonly ActionBundle[],
  classes: RecordClasses,
  among: Int32Array,
): Tally[] {
  const [had, has] = levelsOf(person.same, person.changed, classes, among)
  return bundles.map((bundle) => {
    const { needs, before, after } = bundle
    const could = (at: number) => before && (had[at] ?? 0) >= needs
    const can = (at: number) => after && (has[at] ?? 0) >= needs
    const gainedAt = placesWhere(among, (at) => can(at) && !could(at))
    const lostAt = placesWhere(among, (at) => could(at) && !can(at))
    const causes = new Map<string, Cause & Figures>()
    addCauses(causes, person, module, bundle, classes, gainedAt, 'gained')
    addCauses(causes, person, module, bundle, classes, lostAt, 'lost')
    return { gained: sumOf(classes, gainedAt), lost: sumOf(classes, lostAt), causes, gainedAt, lostAt }
  })
}

/** Those of the places of which it holds, asked by where they stand among them. There are millions: a typed array's own `filter` is far slower. */
function placesWhere(among: Int32Array, holds: (at: number) => boolean): Int32Array {
  const found = new Int32Array(among.length)
  let count = 0
  for (let at = 0; at < among.length; at++) if (holds(at)) found[count++] = among[at] ?? 0
  return found.slice(0, count)
}

function sumOf({ counts }: RecordClasses, places: Int32Array): number {
  let sum = 0
  for (let index = 0; index < places.length; index++) sum += counts[places[index] ?? 0] ?? 0
  return sum
}

type Direction = keyof Figures

function addCauses(
  causes: Map<string, Cause & Figures>,
  person: ComparedPerson,
  module: Key,
  bundle: ActionBundle,
  classes: RecordClasses,
  places: Int32Array,
  direction: Direction,
): void {
  if (places.length === 0) return
  const add = (cause: Cause, records: number) => {
    if (records === 0) return
    const name = causeName(cause)
    const known = causes.get(name) ?? { ...cause, gained: 0, lost: 0 }
    causes.set(name, { ...known, [direction]: known[direction] + records })
  }
  const whole = wholeCause(person)
  if (whole) {
    add(whole, sumOf(classes, places))
    return
  }
  if (bundle.before !== bundle.after) add(actionCause(person, module, bundle), sumOf(classes, places))
  for (const source of person.changed) {
    const { kind, by } = source
    add(
      { kind, ...(by === undefined ? {} : { by }) },
      sumOf(classes, responsible(source, bundle.needs, classes, places, direction)),
    )
  }
}

/** What decides over all of the module, whatever its grants and caps would say. */
function wholeCause({ wasActive, isActive, keepsModule }: ComparedPerson): Cause | undefined {
  if (wasActive !== isActive) return { kind: 'active' }
  return keepsModule ? undefined : { kind: 'module' }
}

function causeName({ kind, by }: Cause): string {
  return `${kind} ${by ?? ''}`
}

function actionCause(
  { profilesBefore, profilesAfter }: ComparedPerson,
  module: Key,
  { actions, after }: ActionBundle,
): Cause {
  const granting = (after ? profilesAfter : profilesBefore).find((profile) =>
    actions.every((action) => profile.moduleOf(module)?.actions?.includes(action)),
  )
  return { kind: 'action', ...(granting ? { by: granting.key } : {}) }
}

/**
 * Where the source is what decides: a grant of enough that wasn't there (or, of a loss, is there no more); a cap below what is needed
 * that isn't there any more (or, of a loss, wasn't there).
 */
function responsible(
  { before, after, isCap }: ChangedSource,
  needs: number,
  classes: RecordClasses,
  places: Int32Array,
  direction: Direction,
): Int32Array {
  const matters = (level: Level) => (isCap ? rankOf(level) < needs : rankOf(level) >= needs)
  const present = (sources: ChangedSource['before']) => {
    const held = new Uint8Array(places.length)
    for (const { level, condition } of sources) {
      if (!matters(level)) continue
      const holds = whereHolds(classes, condition, places)
      for (let at = 0; at < holds.length; at++) if (holds[at] === 1) held[at] = 1
    }
    return held
  }
  const [had, has] = [present(before), present(after)]
  const comes = (direction === 'gained') !== isCap
  return placesWhere(places, (at) => (comes ? has[at] === 1 && had[at] === 0 : had[at] === 1 && has[at] === 0))
}
