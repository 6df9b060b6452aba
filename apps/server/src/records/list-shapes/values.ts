import { type RawBuilder, sql } from 'kysely'

/** Whether the planner sees the values. */
export type Sight = 'shown' | 'hidden'

/** Of lists that are at least so long, equal ones are handed over once; short ones cost less than a statement of another text would. */
const LONG = 32

/** The name of the row that a statement's values stand in. */
const ROW = 'v'

/**
 * Values that a statement names in many places, each handed over once: they stand as columns of a row of their own, which the planner
 * puts in wherever they are named. A statement of sixty branches would else carry sixty copies of them.
 */
export class Values {
  readonly #columns: { readonly value: unknown; readonly cast: string }[] = []

  /** The value's place in the row; the same one for the same value, and for a long list that holds the same. */
  placeOf(value: unknown, cast: string): RawBuilder<unknown> {
    const known = this.#columns.findIndex((column) => column.cast === cast && isSame(column.value, value))
    const at = known === -1 ? this.#columns.push({ value, cast }) - 1 : known
    return sql.ref(`${ROW}.a${at}`)
  }

  /**
   * The row, for a `from` that comes before all that names a value. It must be made last, when every value is known.
   * The planner mustn't see those of a page whose plan is kept: it would find that it plans better with them, and plan anew for ever.
   * `offset 0` keeps them from it. Of one record by its key it estimates the same either way.
   */
  row(sight: Sight): RawBuilder<unknown> {
    const end = sight === 'hidden' ? sql`offset 0` : sql``
    const columns = this.#columns.map(({ value, cast }, at) => sql`${value}::${sql.raw(cast)} as ${sql.ref(`a${at}`)}`)
    return sql`(select ${columns.length === 0 ? sql`1 as a0` : sql.join(columns)} ${end}) as ${sql.ref(ROW)}`
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length || one.length < LONG) return false
  return one.every((element, at) => element === other[at])
}
