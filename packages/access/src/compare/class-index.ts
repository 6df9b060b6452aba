import type { OwnerRef, Principal } from '../document.ts'
import type { ReachCondition } from '../reach-condition.ts'
import { type ClassSide, type RecordClasses, whereHolds } from './record-classes.ts'

/** Finds classes without walking all of them. */
export interface ClassIndex {
  readonly classes: RecordClasses
  /** The places where the condition holds. */
  find(condition: ReachCondition): Int32Array
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
  const scan = (condition: ReachCondition) => {
    const held = whereHolds(classes, condition, everywhere)
    return everywhere.filter((at) => held[at] === 1)
  }
  const find = (condition: ReachCondition): Int32Array => {
    if ('any' in condition) return united(condition.any.map(find))
    if ('owners' in condition) return united([...condition.owners].map((owner) => owned.get(owner) ?? []))
    if (!('sharedWith' in condition)) return scan(condition)
    const places = united([...condition.sharedWith].map((principal) => shared.get(principal) ?? []))
    const held = whereHolds(classes, condition, places)
    return places.filter((_, at) => held[at] === 1)
  }
  return { classes, find, ofPerson: (user) => personal.get(user) ?? [] }
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

export function united(lists: readonly ArrayLike<number>[]): Int32Array {
  const [only] = lists
  if (lists.length === 1 && only instanceof Int32Array) return only
  const places = new Set<number>()
  for (const list of lists) for (let at = 0; at < list.length; at++) places.add(list[at] ?? 0)
  return Int32Array.from(places)
}
