import { createHash } from 'node:crypto'

export interface PlanLimits {
  /** Plans that each connection may keep. */
  readonly most?: number
  /** Statements asked for meanwhile, after which one that wasn't among them makes room. */
  readonly unusedFor?: number
}

/** Enough for the few shapes of every module, and no more than a connection bears. */
const MOST_KEPT = 100
/** A text that comes this often is worth a plan; made-up questions come once. */
const WORTH_KEEPING = 3
const MOST_COUNTED = 2_000
const UNUSED_FOR = 40_000
/** Where nothing could make room, it isn't looked for again before so many more. */
const LOOK_AGAIN_AFTER = 1_000

interface KeptPlan {
  /** Nothing where the plan was given up. */
  readonly name: string | undefined
  lastAsked: number
}

/**
 * Which statements the connections of one organization keep a plan for, by name. A connection never forgets a name, so there is a bound to
 * them; policies change, so a name that nobody asks for any more makes room for another. A connection ends before it has seen many such
 * rounds (`KEPT_PER_CONNECTION`).
 */
export class KeptPlans {
  readonly #counts = new Map<string, number>()
  readonly #plans = new Map<string, KeptPlan>()
  readonly #most: number
  readonly #unusedFor: number
  #asked = 0
  #lookAgainAt = 0

  constructor({ most = MOST_KEPT, unusedFor = UNUSED_FOR }: PlanLimits = {}) {
    this.#most = most
    this.#unusedFor = unusedFor
  }

  /** The name under which the statement's plan is kept; nothing where it is to be planned anew. */
  nameOf(text: string): string | undefined {
    this.#asked++
    const kept = this.#plans.get(text)
    if (kept) {
      kept.lastAsked = this.#asked
      return kept.name
    }
    const count = (this.#counts.get(text) ?? 0) + 1
    if (this.#counts.size >= MOST_COUNTED) this.#counts.clear()
    this.#counts.set(text, count)
    return count >= WORTH_KEEPING && this.#hasRoom() ? this.#keep(text) : undefined
  }

  /** The statement's columns changed their types: its kept plans are of no use any more. */
  giveUp(text: string): void {
    this.#plans.set(text, { name: undefined, lastAsked: this.#asked })
  }

  #keep(text: string): string {
    const name = createHash('sha1').update(text).digest('base64url')
    this.#counts.delete(text)
    this.#plans.set(text, { name, lastAsked: this.#asked })
    return name
  }

  #hasRoom(): boolean {
    if (this.#plans.size < this.#most) return true
    if (this.#asked < this.#lookAgainAt) return false
    for (const [text, { lastAsked }] of this.#plans) {
      if (this.#asked - lastAsked > this.#unusedFor) this.#plans.delete(text)
    }
    this.#lookAgainAt = this.#asked + LOOK_AGAIN_AFTER
    return this.#plans.size < this.#most
  }
}
