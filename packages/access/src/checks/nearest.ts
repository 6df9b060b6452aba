/** Says whether so many more letter comparisons may be spent. */
interface Purse {
  spend(cells: number): boolean
}

/**
 * The candidate that a slip of the fingers turns into `name`, or nothing where none is near: at most one edit for names of up to
 * three letters, two up to seven, three beyond. A difference of case alone is nearest of all.
 */
export function nearest(name: string, candidates: Iterable<string>, purse: Purse): string | undefined {
  const wanted = name.toLowerCase()
  const limit = wanted.length <= 3 ? 1 : wanted.length <= 7 ? 2 : 3
  let best: string | undefined
  let distance = limit + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= distance) continue
    if (!purse.spend(candidate.length * wanted.length)) return best
    const found = editDistance(wanted, candidate.toLowerCase())
    if (found < distance) [best, distance] = [candidate, found]
  }
  // Two letters that share none aren't a slip: an edit distance of the whole word says nothing.
  return distance < wanted.length ? best : undefined
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current.push(swapped ? Math.min(cost, at(beforeLast, column - 2) + 1) : cost)
    }
    beforeLast = last
    last = current
  }
  return at(last, to.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
