import type { RecordFacts } from '../facts.ts'
import { type Change, isOfRecord, type RecordChange } from './change.ts'

/** The record, and its parents, as they are after the change. */
export function changeFacts(facts: RecordFacts, change: Change): RecordFacts {
  return isOfRecord(change) ? changeAbove(facts, change, change.on?.above ?? 0) : facts
}

function changeAbove(facts: RecordFacts, change: RecordChange, above: number): RecordFacts {
  if (above === 0) return changeRecord(facts, change)
  return facts.parent ? { ...facts, parent: changeAbove(facts.parent, change, above - 1) } : facts
}

function changeRecord(facts: RecordFacts, change: RecordChange): RecordFacts {
  switch (change.kind) {
    case 'liftConfidential':
      return { ...facts, confidential: false }
    case 'restore':
      return { ...facts, deleted: false }
    case 'transfer':
      return { ...facts, owner: change.to }
    case 'share': {
      const to = `user:${change.user}`
      const others = facts.shares.filter((share) => share.with !== to)
      return { ...facts, shares: [...others, { with: to, level: change.level }] }
    }
  }
}
