import type { PolicyField } from '@bailiwick/access'
import { isNumberType, isTextType } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn } from '../modules/columns.ts'
import { foldedText, type SqlCondition } from './reach-to-sql.ts'
import type { Slot } from './remembered-statements.ts'

export interface SortKey {
  readonly field: PolicyField
  readonly descending: boolean
}

/** The text form of each sort key of a row; null where the field is empty. */
export type SortPosition<Place = never> = readonly (string | null | Place)[]

/** Whether a list can be sorted by the field: its values have an order that means something. */
export function sortableField(field: PolicyField): boolean {
  return !['choices', 'file', 'lookup'].includes(field.type)
}

/** As an order is asked for: `stage,-amount`. */
export function sortName(sort: readonly SortKey[]): string {
  return sort.map(({ field, descending }) => `${descending ? '-' : ''}${field.key}`).join(',')
}

/** What a row is sorted by: text folded and by code point, everything else as it is. */
export function sortExpression(key: SortKey, alias?: string): RawBuilder<unknown> {
  const column = columnOf(alias, fieldColumn(key.field.key))
  return key.field.key !== 'id' && isTextType(key.field.type) ? foldedText(column) : sql`${column}`
}

function columnOf(alias: string | undefined, column: string): RawBuilder<unknown> {
  return alias === undefined ? sql.id(column) : sql.ref(`${alias}.${column}`)
}

/** What a position's text is read as. */
export function castOf({ field }: SortKey): string {
  if (field.key === 'id') return 'uuid'
  if (isTextType(field.type)) return 'text collate "C"'
  if (field.type === 'date') return 'date'
  if (field.type === 'dateTime') return 'timestamptz'
  if (field.type === 'boolean') return 'boolean'
  if (field.type === 'user') return 'int'
  return isNumberType(field.type) && field.type !== 'money' ? 'double precision' : 'numeric'
}

/** `order by`: empty values last either way, and the id at the end so that every row has one place. */
export function orderBy(sort: readonly SortKey[], alias?: string): RawBuilder<unknown> {
  return inDirections(sort, alias, (key) => sortExpression(key, alias))
}

function inDirections(
  sort: readonly SortKey[],
  alias: string | undefined,
  expressionOf: (key: SortKey, at: number) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const parts = sort.map((key, at) => {
    const direction = key.descending ? sql`desc` : sql`asc`
    const expression = expressionOf(key, at)
    return canBeEmpty(key.field) ? sql`${expression} ${direction} nulls last` : sql`${expression} ${direction}`
  })
  return sql`${sql.join([...parts, sql`${columnOf(alias, 'id')} ${lastDirection(sort)}`])}`
}

function lastDirection(sort: readonly SortKey[]): RawBuilder<unknown> {
  return sort.at(-1)?.descending ? sql`desc` : sql`asc`
}

const NEVER_EMPTY = new Set(['id', 'owner', 'confidential', 'createdAt', 'updatedAt', 'version'])

/** Whether rows may have nothing to be sorted by; those come last. */
export function canBeEmpty(field: PolicyField): boolean {
  return !NEVER_EMPTY.has(field.key)
}

/** What each row is sorted by as columns `s0`, `s1`, …. */
export function sortColumns(sort: readonly SortKey[], alias: string): RawBuilder<unknown> {
  return sql.join(sort.map((key, at) => sql`${sortExpression(key, alias)} as ${sql.ref(`s${at}`)}`))
}

/** Those columns, of rows that have them. */
export function sortedNames(sort: readonly SortKey[], alias: string): RawBuilder<unknown> {
  return sql.join(sort.map((_key, at) => sql.ref(`${alias}.s${at}`)))
}

/** `orderBy` of rows that have `sortColumns`. */
export function orderBySorted(sort: readonly SortKey[], alias: string): RawBuilder<unknown> {
  return inDirections(sort, alias, (_key, at) => sql.ref(`${alias}.s${at}`))
}

/** The sort keys of each row as text columns `k0`, `k1`, …, for the cursor. */
export function positionColumns(sort: readonly SortKey[], alias: string): RawBuilder<unknown> {
  const columns = sort.map((key, index) => sql`(${sortExpression(key, alias)})::text as ${sql.ref(`k${index}`)}`)
  return sql.join(columns)
}

/** The same of rows that have `sortColumns`. */
export function sortedPositions(sort: readonly SortKey[], alias: string): RawBuilder<unknown> {
  return sql.join(sort.map((_key, at) => sql`${sql.ref(`${alias}.s${at}`)}::text as ${sql.ref(`k${at}`)}`))
}

/** The rows that come after a position. */
export function afterPosition(
  sort: readonly SortKey[],
  position: SortPosition<Slot>,
  id: string | Slot,
  alias: string,
): SqlCondition {
  const [key, ...rest] = sort
  if (!key) return sql`${sql.ref(`${alias}.id`)} > ${id}::uuid`
  return after(key, rest, position, 0, id, alias)
}

function after(
  key: SortKey,
  rest: readonly SortKey[],
  position: SortPosition<Slot>,
  at: number,
  id: string | Slot,
  alias: string,
): SqlCondition {
  const expression = sortExpression(key, alias)
  const value = position[at] ?? null
  const [next, ...others] = rest
  const within = next ? after(next, others, position, at + 1, id, alias) : afterId(key, id, alias)
  if (value === null) return sql`(${expression} is null and ${within})`
  const bound = sql`${value}::${sql.raw(castOf(key))}`
  const further = key.descending ? sql`${expression} < ${bound}` : sql`${expression} > ${bound}`
  // The first bound, said apart, is what an index on the leading key can start from.
  const from = key.descending ? sql`${expression} <= ${bound}` : sql`${expression} >= ${bound}`
  const inOrder = sql<boolean>`(${from} and (${further} or ${within}))`
  return canBeEmpty(key.field) ? sql`(${inOrder} or ${expression} is null)` : inOrder
}

function afterId(last: SortKey, id: string | Slot, alias: string): SqlCondition {
  const column = sql.ref(`${alias}.id`)
  return last.descending ? sql`${column} < ${id}::uuid` : sql`${column} > ${id}::uuid`
}
