import type { Snapshot } from '../policy/live-policy.ts'
import type { Reading } from './stamped.ts'

const MOST_QUESTIONS = 2_000
/** Longer questions aren't remembered. */
const LONGEST = 1_000
/** Milliseconds after which a question is tried from the beginning again: rows come and go. */
const KNOWN_FOR = 60_000

interface Usual {
  readonly step: number
  readonly until: number
}

/**
 * Which of several steps found what was asked for, so that the same question begins with it the next time. Only what was asked and
 * answered before is remembered, for whoever asked, and for one policy; each step's answer is right by itself.
 */
export class UsualSteps {
  readonly #questions = new WeakMap<Snapshot, Map<string, Usual>>()

  find({ snapshot, now }: Reading, question: string): number {
    const known = this.#questions.get(snapshot)?.get(question)
    return known && known.until > now ? known.step : 0
  }

  remember({ snapshot, now }: Reading, question: string, step: number): void {
    const questions = this.#questions.get(snapshot) ?? new Map<string, Usual>()
    this.#questions.set(snapshot, questions)
    const known = questions.get(question)
    if ((known && known.until > now) || step === 0 || question.length > LONGEST) return
    questions.delete(question)
    questions.set(question, { step, until: now + KNOWN_FOR })
    const [oldest] = questions.keys()
    if (questions.size > MOST_QUESTIONS && oldest !== undefined) questions.delete(oldest)
  }
}
