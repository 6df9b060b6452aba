import type { OwnerRef, Principal } from '../document.ts'
import type { ReachCondition } from '../reach-condition.ts'
import { type ClassSide, type RecordClasses, whereHolds } from './record-classes.ts'

/** Finds classes without walking all of them. */
export interface ClassIndex {
  readonly classes: RecordClasses
  /** The places where the condition holds. */
  find(condition: ReachCondition): Int32Array
  /** Whether that takes no look at every class. */
  isIndexed(condition: ReachCondition): boolean
  /** The places that name the person: as owner or as the one it is shared with, of the record or a parent. */
  ofPerson(user: Principal): readonly number[]
}

export function indexClasses(classes: RecordClasses): ClassIndex {
  const everywhere = Int32Array.from({ length: classes.counts.length }, (_, at) => at)
  const root = classes.sides.get('')
  const owned = root ? placesBy(root, ownersAt) : new Map()
  const shared = root ? placesBy(root, granteesAt) : new Map()
  const personal = new Map<Principal, number[]>()
  for (const side of classes.sides.values()) {
    for (const at of [ownersAt, granteesAt]) addPlaces(personal, side, at)
  }
  const among = (places: Int32Array, condition: ReachCondition) => {
    const held = whereHolds(classes, condition, places)
    return places.filter((_, at) => held[at] === 1)
  }
  const find = (condition: ReachCondition): Int32Array => {
    if ('literal' in condition) return condition.literal ? everywhere : NOWHERE
    if ('any' in condition) return united(condition.any.map(find))
    if ('owners' in condition) return united([...condition.owners].map((owner) => owned.get(owner) ?? []))
    if ('sharedWith' in condition)
      return among(united([...condition.sharedWith].map((principal) => shared.get(principal) ?? [])), condition)
    const part = 'all' in condition ? condition.all.find(isIndexed) : undefined
    return among(part ? find(part) : everywhere, condition)
  }
  return { classes, find, isIndexed, ofPerson: (user) => personal.get(user) ?? [] }
}

const NOWHERE = new Int32Array(0)

function isIndexed(condition: ReachCondition): boolean {
  if ('any' in condition) return condition.any.every(isIndexed)
  if ('all' in condition) return condition.all.some(isIndexed)
  return 'owners' in condition || 'sharedWith' in condition || ('literal' in condition && !condition.literal)
}

type NamesAt = (side: ClassSide, at: number) => readonly string[]

const ownersAt: NamesAt = (side, at): readonly OwnerRef[] => [side.owners[at] ?? '']
const granteesAt: NamesAt = (side, at) => (side.shares[at] ?? []).map((share) => share.with)

function placesBy(side: ClassSide, namesAt: NamesAt): Map<string, number[]> {
  const places = new Map<string, number[]>()
  addPlaces(places, side, namesAt)
  return places
}

function addPlaces(places: Map<string, number[]>, side: ClassSide, namesAt: NamesAt): void {
  for (let at = 0; at < side.owners.length; at++) {
    for (const name of namesAt(side, at)) {
      const known = places.get(name)
      if (known) known.push(at)
      else places.set(name, [at])
    }
  }
}

/** Up to so many a set of numbers is quicker than marks at every place. */
const FEW = 1_000

export function united(lists: readonly ArrayLike<number>[]): Int32Array {
  const [only] = lists
  if (lists.length === 1 && only instanceof Int32Array) return only
  const length = lists.reduce((sum, list) => sum + list.length, 0)
  if (length > FEW) return unitedByMarks(lists)
  const places = new Set<number>()
  for (const list of lists) for (let at = 0; at < list.length; at++) places.add(list[at] ?? 0)
  return Int32Array.from(places)
}

function unitedByMarks(lists: readonly ArrayLike<number>[]): Int32Array {
  const last = lists.reduce((most, list) => lastOf(list, most), 0)
  const marks = new Uint8Array(last + 1)
  for (const list of lists) for (let at = 0; at < list.length; at++) marks[list[at] ?? 0] = 1
  const places = new Int32Array(marks.reduce((sum, mark) => sum + mark, 0))
  let count = 0
  for (let at = 0; at < marks.length; at++) if (marks[at] === 1) places[count++] = at
  return places
}

function lastOf(list: ArrayLike<number>, most: number): number {
  let last = most
  for (let at = 0; at < list.length; at++) last = Math.max(last, list[at] ?? 0)
  return last
}
