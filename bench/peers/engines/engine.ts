import type { Question } from '../world/questions.ts'

/** A library that answers in this process, on records in memory. */
export interface Engine {
  readonly name: string
  readonly version: string
  decide(question: Question): boolean
}
