import type { PolicyModule } from '@bailiwick/access'
import { isTextType } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Cursor } from '../cursor.ts'
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
 * of an index.
 */
export function sortPieces(sort: readonly SortKey[], cursor: Cursor<Slot> | undefined): SortPiece[] {
  const [key, ...others] = sort
  if (!key || others.length > 0 || !canBeEmpty(key.field)) return [wholePiece(sort, cursor)]
  return piecesOf(key, cursor)
}

function wholePiece(sort: readonly SortKey[], cursor: Cursor<Slot> | undefined): SortPiece {
  const where = cursor ? afterPosition(sort, cursor.position, cursor.id, 't') : sql<boolean>`true`
  return { where, orderBy: orderBy(sort, 't') }
}

function piecesOf(key: SortKey, cursor: Cursor<Slot> | undefined): SortPiece[] {
  const value = sortExpression(key, 't')
  const direction = key.descending ? sql`desc` : sql`asc`
  const inOrder = sql`${value} ${direction}, t.id ${direction}`
  if (!cursor && !key.descending) return [{ where: sql`true`, orderBy: inOrder }]
  const from = cursor?.position[0] ?? null
  const afterId = cursor ? sql<boolean>`t.id ${further(key)} ${cursor.id}::uuid` : sql<boolean>`true`
  const empty = { where: sql<boolean>`${value} is null`, orderBy: inOrder }
  if (!cursor) return [{ where: sql`${value} is not null`, orderBy: inOrder }, empty]
  if (from === null) return [{ ...empty, where: sql`${value} is null and ${afterId}` }]
  const bound = sql`${from}::${sql.raw(castOf(key))}`
  const filled = sql<boolean>`${value} ${further(key)}= ${bound} and (${value} ${further(key)} ${bound} or ${afterId})`
  return [{ where: filled, orderBy: inOrder }, empty]
}

function further({ descending }: SortKey): RawBuilder<unknown> {
  return descending ? sql.raw('<') : sql.raw('>')
}

/** What a list's order is to the indexes: within buckets, over the whole table alone, or nothing. */
export type SortIndex = 'newest' | 'title' | 'table' | 'none'

export function sortIndex(module: PolicyModule, sort: readonly SortKey[]): SortIndex {
  const [key, ...others] = sort
  if (!key || others.length > 0) return 'none'
  const { field, descending } = key
  if (field.key === 'updatedAt') return descending ? 'newest' : 'table'
  if (field.key === 'id' || field.key === 'createdAt') return 'table'
  if (field.key === module.titleField?.key && isTextType(field.type) && field.type !== 'longText') return 'title'
  return field.indexed && !field.unique ? 'table' : 'none'
}
