import type { Way } from './refusal.ts'
import type { Trial } from './trial.ts'

/** Of all that might be told; and of each kind, so that one of hundreds of groups doesn't crowd out all else. */
const MOST_WAYS = 60
const MOST_OF_A_KIND = 8

/** Policies made to try ways out, of which each takes a fraction of a millisecond where there are hundreds of roles, teams and rules. */
export const MOST_TRIED = 1_000

/** Ways that stand on their own. */
export class Ways {
  readonly #trial: Trial
  readonly #estimate: (way: Way) => number
  readonly #found = new Map<string, Way>()
  readonly #kinds = new Map<string, number>()

  constructor(trial: Trial, estimate: (way: Way) => number) {
    this.#trial = trial
    this.#estimate = estimate
  }

  /** Tries them in their order, a few of each kind: what opens least should come first. */
  add(candidates: readonly Way[]): void {
    for (const candidate of candidates) this.#addOne(candidate)
  }

  #addOne(candidate: Way): void {
    if (this.#trial.made >= MOST_TRIED || this.#kindIsFull(candidate) || this.#includesFound(candidate)) return
    if (!this.#trial.allows(candidate)) return
    const way = withoutNeedless(candidate, this.#trial)
    if (this.#kindIsFull(way) || this.#includesFound(way)) return
    this.#found.set(nameOf(way), way)
    this.#kinds.set(kindsOf(way), (this.#kinds.get(kindsOf(way)) ?? 0) + 1)
  }

  /** What opens least comes first, as far as can be told without the records; one of the fewest steps is always among them. */
  leastFirst(): Way[] {
    const ways = leastFirst([...this.#found.values()], this.#estimate)
    const [fewest] = ways.toSorted((one, other) => one.length - other.length)
    const chosen = ways.slice(0, MOST_WAYS)
    return fewest && !chosen.includes(fewest) ? [...chosen.slice(0, -1), fewest] : chosen
  }

  #kindIsFull(way: Way): boolean {
    return (this.#kinds.get(kindsOf(way)) ?? 0) >= MOST_OF_A_KIND
  }

  #includesFound(way: Way): boolean {
    const names = new Set(way.map((change) => JSON.stringify(change)))
    return [...this.#found.values()].some((other) => other.every((change) => names.has(JSON.stringify(change))))
  }
}

/** Those that open least first, and of equal ones those of the fewest steps. */
export function leastFirst(ways: readonly Way[], estimate: (way: Way) => number): Way[] {
  const weighed = ways.map((way) => ({ way, weight: estimate(way) + way.length / 100 }))
  return weighed.sort((one, other) => one.weight - other.weight).map(({ way }) => way)
}

function nameOf(way: Way): string {
  return way
    .map((change) => JSON.stringify(change))
    .sort()
    .join()
}

export function kindsOf(way: Way): string {
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
