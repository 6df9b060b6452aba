import type { PolicyModule } from '@bailiwick/access'
import { isTextType } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Cursor } from '../cursor.ts'
import { isUnordered } from '../orders/order-to-index.ts'
import type { SqlCondition } from '../reach-to-sql.ts'
import type { Slot } from '../remembered-statements.ts'
import { afterPosition, canBeEmpty, castOf, orderBy, type SortKey, sortExpression } from '../sort-keys.ts'

/** A part of a sorted list that an index can give in order: after all of the pieces before it, and before those that follow. */
export interface SortPiece {
  readonly where: SqlCondition
  readonly orderBy: RawBuilder<unknown>
}

/**
 * The rows after the cursor, cut where an index's order and the list's differ: empty values come last either way, but stand at one end
 * of an index. An index has the first key's order; what follows is sorted among those that are alike in it.
 */
export function sortPieces(sort: readonly SortKey[], cursor: Cursor<Slot> | undefined): SortPiece[] {
  const [key, ...others] = sort
  return key && canBeEmpty(key.field) ? piecesOf(key, others, cursor) : [wholePiece(sort, cursor)]
}

function wholePiece(sort: readonly SortKey[], cursor: Cursor<Slot> | undefined): SortPiece {
  const where = cursor ? afterPosition(sort, cursor.position, cursor.id, 't') : sql<boolean>`true`
  return { where, orderBy: orderBy(sort, 't') }
}

function piecesOf(key: SortKey, others: readonly SortKey[], cursor: Cursor<Slot> | undefined): SortPiece[] {
  const value = sortExpression(key, 't')
  const direction = key.descending ? sql`desc` : sql`asc`
  const behind = others.length > 0 ? orderBy(others, 't') : sql`t.id ${direction}`
  const inOrder = sql`${value} ${direction}, ${behind}`
  if (!cursor && !key.descending) return [{ where: sql`true`, orderBy: inOrder }]
  const from = cursor?.position[0] ?? null
  const within = cursor ? afterAlike(key, others, cursor) : sql<boolean>`true`
  const empty = { where: sql<boolean>`${value} is null`, orderBy: inOrder }
  if (!cursor) return [{ where: sql`${value} is not null`, orderBy: inOrder }, empty]
  if (from === null) return [{ ...empty, where: sql`${value} is null and ${within}` }]
  const bound = sql`${from}::${sql.raw(castOf(key))}`
  const filled = sql<boolean>`${value} ${further(key)}= ${bound} and (${value} ${further(key)} ${bound} or ${within})`
  return [{ where: filled, orderBy: inOrder }, empty]
}

/** Of rows that are alike in the first key, those after the cursor. */
function afterAlike(key: SortKey, others: readonly SortKey[], { id, position }: Cursor<Slot>): SqlCondition {
  if (others.length > 0) return afterPosition(others, position.slice(1), id, 't')
  return sql<boolean>`t.id ${further(key)} ${id}::uuid`
}

function further({ descending }: SortKey): RawBuilder<unknown> {
  return descending ? sql.raw('<') : sql.raw('>')
}

/**
 * What a list's order is to the indexes: within buckets, over the whole table alone, or nothing. Where lists are asked for in an order that
 * no index has yet, one is made (`orders/`); until then all records are looked at once.
 */
export type SortIndex = 'newest' | 'title' | 'table' | 'none'

export function sortIndex(module: PolicyModule, sort: readonly SortKey[]): SortIndex {
  const [key, ...others] = sort
  if (!key || isUnordered(key.field)) return 'none'
  if (others.length > 0) return 'table'
  const { field, descending } = key
  if (field.key === 'updatedAt' && descending) return 'newest'
  return field.key === module.titleField?.key && isTextType(field.type) ? 'title' : 'table'
}
