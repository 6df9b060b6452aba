/** What a row of a table says: how long one takes in the middle, and how many go through. */
export interface Pace {
  /** Milliseconds. */
  readonly p50: number
  readonly perSecond: number
}

/** Runs shorter than a clock can tell are timed in rounds of this long, in milliseconds. */
const SHORTEST_ROUND = 0.2
const MOST_IN_ROUND = 4_096

/**
 * Calls `work(0)`, `work(1)`, … one after the other for about `milliseconds`. Where one is quick, p50 is the middle of the averages of
 * rounds, as no clock can tell one. A second is one of this thread's own on a processor, so that what else runs on the machine counts for less.
 */
export function paceOf(work: (index: number) => unknown, milliseconds: number): Pace {
  const perRound = sizeOfRound(work)
  const rounds: number[] = []
  let index = 0
  const before = process.threadCpuUsage()
  const began = performance.now()
  while (performance.now() - began < milliseconds) {
    const start = performance.now()
    for (let left = perRound; left > 0; left--) work(index++)
    rounds.push((performance.now() - start) / perRound)
  }
  const { user, system } = process.threadCpuUsage(before)
  return { p50: middle(rounds), perSecond: (index * 1_000_000) / (user + system) }
}

function sizeOfRound(work: (index: number) => unknown): number {
  for (let size = 1; ; size *= 4) {
    const start = performance.now()
    for (let index = 0; index < size; index++) work(index)
    if (performance.now() - start > SHORTEST_ROUND || size >= MOST_IN_ROUND) return size
  }
}

/** The same for what answers later, one question at a time. */
export async function paceOfAnswers(work: (index: number) => Promise<unknown>, milliseconds: number): Promise<Pace> {
  const times: number[] = []
  const began = performance.now()
  while (performance.now() - began < milliseconds) {
    const start = performance.now()
    await work(times.length)
    times.push(performance.now() - start)
  }
  return { p50: middle(times), perSecond: (times.length * 1_000) / (performance.now() - began) }
}

export function middle(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
