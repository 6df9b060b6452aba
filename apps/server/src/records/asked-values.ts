import type { FieldComparison, Key, ReachCondition } from '@bailiwick/access'
import type { AskedConditions, AskedList } from './asked-list.ts'
import type { Cursor } from './cursor.ts'
import { type Reading, storedOf } from './reach-to-sql.ts'
import { type Slot, slotOfNumber } from './remembered-statements.ts'

/** A list's question with its values taken out: whatever has the same shape is found by the same statement. */
export interface AskedShape {
  readonly shape: string
  /** The question with its values, for whatever page of the list. */
  readonly name: string
  readonly values: ReadonlyMap<Slot, unknown>
  /** The slots in which the statement has the filter's values. */
  readonly slots: ReadonlyMap<FieldComparison, Slot>
  readonly asked: AskedConditions
  readonly cursor?: Cursor<Slot>
}

/** Takes out the values of filter, search and cursor. What isn't asked of a value at all, or of one that no row has, stays. */
export function shapeOf(reading: Reading, { view, asked, cursor }: AskedList): AskedShape {
  const taken = new TakenValues(reading, view.module.key)
  const filter = asked.filter ? taken.shapeOf(asked.filter) : ''
  const words = asked.words.map(({ text, pattern }) => ({ text: taken.take(text), pattern: taken.take(pattern) }))
  const parts = asked.parts.map((part) => ({ ...part, pattern: taken.take(part.pattern) }))
  const name = JSON.stringify([filter, [...taken.values.values()]])
  const after = cursor && {
    position: cursor.position.map((value) => (value === null ? null : taken.take(value))),
    id: taken.take(cursor.id),
  }
  const from = after ? after.position.map((value) => (value === null ? '-' : '?')).join('') : 'start'
  const shape = JSON.stringify([filter, words.length, from])
  return {
    shape,
    name,
    values: taken.values,
    slots: taken.slots,
    asked: { filter: asked.filter, words, parts },
    cursor: after,
  }
}

class TakenValues {
  readonly values = new Map<Slot, unknown>()
  readonly slots = new Map<FieldComparison, Slot>()
  readonly #reading: Reading
  readonly #module: Key

  constructor(reading: Reading, module: Key) {
    this.#reading = reading
    this.#module = module
  }

  take(value: unknown): Slot {
    const slot = slotOfNumber(this.values.size)
    this.values.set(slot, value)
    return slot
  }

  shapeOf(condition: ReachCondition): string {
    if ('literal' in condition) return String(condition.literal)
    if ('all' in condition) return `(${condition.all.map((one) => this.shapeOf(one)).join(' and ')})`
    if ('any' in condition) return `(${condition.any.map((one) => this.shapeOf(one)).join(' or ')})`
    if ('not' in condition) return `not ${this.shapeOf(condition.not)}`
    if ('compare' in condition) return this.#comparison(condition.compare)
    throw new Error('A filter asks about fields alone')
  }

  #comparison(comparison: FieldComparison): string {
    const { field, op, value } = comparison
    const stored = storedOf(this.#reading, this.#module, comparison)
    if (stored !== undefined) this.slots.set(comparison, this.take(stored))
    return `${field} ${op} ${stored === undefined ? 'nothing' : Array.isArray(value) ? 'list' : 'one'}`
  }
}
