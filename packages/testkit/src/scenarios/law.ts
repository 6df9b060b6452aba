import type { Action, Condition, FieldAccess, Key, Level, RecordFacts } from '@bailiwick/access'
import type { Circumstances, ExplainAnswer } from './scenario.ts'

/** The law of one policy, answered by pure functions on facts: what `openLaw` turns into a scenario's session. */
export interface Law {
  allows(user: Key, action: Action, facts: RecordFacts, asking: Circumstances): boolean
  allowsOnModule(user: Key, action: Action, module: Key, asking: Circumstances): boolean
  /** Whether a deleted record is seen and taken out of the recycle bin. */
  restores(user: Key, facts: RecordFacts, asking: Circumstances): boolean
  fields(user: Key, module: Key): ReadonlyMap<Key, FieldAccess>
  level(user: Key, facts: RecordFacts, asking: Circumstances): Level
  /** Whether a filter that the user wrote holds on a record. */
  meets(user: Key, filter: Condition, facts: RecordFacts, asking: Circumstances): boolean
  /** Whether the user's figures cover all records of the module. */
  countsAll(user: Key, module: Key): boolean
  explain(user: Key, action: Action, facts: RecordFacts, asking: Circumstances, field?: Key): ExplainAnswer
}
