import { createHash } from 'node:crypto'

/** Plans that each connection may keep: enough for the few shapes of every module, and no more than a connection bears. */
const MOST_KEPT = 100
/** A text that comes this often is worth a plan; made-up questions come once. */
const WORTH_KEEPING = 3
const MOST_COUNTED = 2_000

/** Which statements the database keeps a plan for, by name. Connections never forget a name, so there is a bound to them. */
export class KeptPlans {
  readonly #counts = new Map<string, number>()
  readonly #names = new Map<string, string | undefined>()

  /** The name under which the statement's plan is kept; nothing where it is to be planned anew. */
  nameOf(text: string): string | undefined {
    if (this.#names.has(text)) return this.#names.get(text)
    const count = (this.#counts.get(text) ?? 0) + 1
    if (this.#counts.size >= MOST_COUNTED) this.#counts.clear()
    this.#counts.set(text, count)
    return count >= WORTH_KEEPING && this.#names.size < MOST_KEPT ? this.#keep(text) : undefined
  }

  /** The statement's columns changed their types: its kept plans are of no use any more. */
  giveUp(text: string): void {
    this.#names.set(text, undefined)
  }

  #keep(text: string): string {
    const name = createHash('sha1').update(text).digest('base64url')
    this.#names.set(text, name)
    return name
  }
}
