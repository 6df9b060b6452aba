const WINDOW_MS = 15 * 60_000
/** How many counters are kept; beyond it the oldest go, so that guessing at names can't fill the memory. */
const MOST_COUNTERS = 50_000

interface Counter {
  failures: number
  readonly until: number
}

/**
 * Failed sign-ins per name and quarter of an hour, in the memory of this process: every further node gives a guesser as many tries
 * again, which leaves passwords out of reach still. An attempt counts as failed until it has succeeded, so that many at once gain nothing.
 */
export class SignInAttempts {
  readonly #limit: number
  readonly #counters = new Map<string, Counter>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** @returns how many milliseconds to wait where there were too many failures; 0 where the attempt may be made, which counts it */
  begin(name: string, now: number): number {
    const counter = this.#counterOf(name, now)
    if (counter.failures >= this.#limit) return counter.until - now
    counter.failures++
    return 0
  }

  /** The attempt was none to count after all. */
  succeed(name: string): void {
    const counter = this.#counters.get(name)
    if (counter && counter.failures > 0) counter.failures--
  }

  #counterOf(name: string, now: number): Counter {
    const known = this.#counters.get(name)
    if (known && known.until > now) return known
    const counter = { failures: 0, until: now + WINDOW_MS }
    this.#counters.delete(name)
    this.#counters.set(name, counter)
    const [oldest] = this.#counters.keys()
    if (this.#counters.size > MOST_COUNTERS && oldest !== undefined) this.#counters.delete(oldest)
    return counter
  }
}
