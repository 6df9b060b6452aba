import type { Action, Key } from '../document.ts'
import type { Asking, RecordFacts } from '../facts.ts'
import type { Change } from './change.ts'

/** A refusal: who may not do what to which record, or to which field of it. */
export interface Refusal {
  readonly user: Key
  readonly action: Action
  readonly facts: RecordFacts
  readonly asking: Asking
  readonly field?: Key
}

/** Changes that allow it together, and of which none could be left out. */
export type Way = readonly Change[]

/** What a field must be for the action. Law: section 5. */
export function neededAccess(action: Action): 'read' | 'edit' {
  return action === 'create' || action === 'update' || action === 'overwrite' || action === 'mass' ? 'edit' : 'read'
}
