import { isTextType, type Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../../modules/columns.ts'
import { ruleIndexStatements } from '../../modules/rule-indexes.ts'
import { orderBy, type SortKey, sortExpression } from '../sort-keys.ts'
import { orderIndexName } from './order-to-index.ts'
import type { WantedRuleIndex } from './sort-out-rules.ts'

/**
 * The statements that make an order's index and tell the planner of it. None keeps writers waiting, and they are for outside of transactions: broken
 * off midway, they leave an index that isn't whole.
 */
export function makeOrderStatements(schema: string, module: Key, keys: readonly SortKey[]): RawBuilder<unknown>[] {
  const table = sql.id(schema, recordTable(module))
  const name = orderIndexName(module, keys)
  return [
    sql`create index concurrently if not exists ${sql.id(name)} on ${table} (${inOrder(keys)}) where deleted_at is null`,
    ...statistics(schema, name, table, keys),
    sql`analyze ${table}`,
  ]
}

/** The same for what a sharing rule by values leads to. */
export function makeRuleStatements(schema: string, { module, index }: WantedRuleIndex): RawBuilder<unknown>[] {
  const table = sql.id(schema, recordTable(module))
  const made = ruleIndexStatements(table, sql.id(schema, index.name), index, sql`concurrently`)
  return [...made, sql`analyze ${table}`]
}

/** As the pieces of a list are (`list-shapes/sort-pieces.ts`). */
function inOrder([first, ...others]: readonly SortKey[]): RawBuilder<unknown> {
  if (!first) throw new Error('An order has a key at least')
  if (others.length === 0) return sql`${sortExpression(first)}, id`
  return sql`${sortExpression(first)} ${first.descending ? sql`desc` : sql`asc`}, ${orderBy(others)}`
}

/** As for a field that is indexed: an index over a part of the table tells nothing of how often values come. */
function statistics(schema: string, name: string, table: RawBuilder<unknown>, keys: readonly SortKey[]) {
  const [only, ...others] = keys
  if (!only || others.length > 0 || !isTextType(only.field.type)) return []
  return [sql`create statistics if not exists ${sql.id(schema, name)} on ${sortExpression(only)} from ${table}`]
}

/** The statements that take one of either kind away, likewise. */
export function dropIndexStatements(schema: string, name: string): RawBuilder<unknown>[] {
  return [
    sql`drop index concurrently if exists ${sql.id(schema, name)}`,
    sql`drop statistics if exists ${sql.id(schema, name)}`,
  ]
}
