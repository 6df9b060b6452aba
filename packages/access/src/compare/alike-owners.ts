import type { OwnerRef } from '../document.ts'

/**
 * Numbers for owners, the same for those whom none of the sets tells apart: whatever asks of owners by these sets alone may take one of a
 * number for all of it. Who is in no set isn't among them.
 */
export function alikeOwners(sets: Iterable<ReadonlySet<OwnerRef>>): ReadonlyMap<OwnerRef, number> {
  const numbers = new Map<OwnerRef, number>()
  let last = 0
  for (const set of sets) {
    // Of those alike so far, the ones in the set part from the others.
    const parted = new Map<number, number>()
    for (const owner of set) {
      const among = numbers.get(owner) ?? 0
      const own = parted.get(among) ?? ++last
      parted.set(among, own)
      numbers.set(owner, own)
    }
  }
  return numbers
}
