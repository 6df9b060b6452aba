import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { TableChange } from './table-changes.ts'
import type { TablePlace } from './table-statements.ts'

/**
 * What is left of a module or field elsewhere, once its table or column goes: history, comments, shares, counts and notifications. A field that is made again
 * under the same key must find nothing of the old one, and neither must who could not see it then.
 */
export function forgettingStatements(place: TablePlace, change: TableChange): RawBuilder<unknown>[] {
  if (change.kind === 'dropModule') {
    return ['history', 'comments', 'shares', 'record_counts', 'notifications', 'record_lines'].map(
      (name) => sql`delete from ${table(place, name)} where module = ${change.module}`,
    )
  }
  if (change.kind !== 'dropField') return []
  return [
    sql`update ${table(place, 'history')} set changes = changes::jsonb - ${change.field}::text
      where module = ${change.module} and changes::jsonb ? ${change.field}::text`,
    sql`update ${table(place, 'notifications')} set fields = array_remove(fields, ${change.field}::text)
      where module = ${change.module} and ${change.field}::text = any(fields)`,
  ]
}

/** Runs the statements of `forgettingStatements` in the transaction that drops. */
export async function forgetData(
  transaction: QueryExecutorProvider,
  place: TablePlace,
  change: TableChange,
): Promise<void> {
  for (const statement of forgettingStatements(place, change)) await statement.execute(transaction)
}

function table(place: TablePlace, name: string): RawBuilder<unknown> {
  return sql.id(place.schema, name)
}
