import type { Action, Key } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import type { RecordsParts } from './parts.ts'
import { reachedRows, requireModule } from './require-module.ts'
import { stampedRows } from './stamped.ts'

/**
 * Whether the person may do the action to every one of the records at this moment; what is deleted is reached by nobody. One statement:
 * whoever asks about many asks in parts.
 * @throws Problem 404 for a module that he doesn't read, 403 where the action is what is missing.
 */
export async function reachesAll(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  action: Action,
  ids: readonly string[],
): Promise<boolean> {
  const { rows } = await stampedRows<{ readonly reached: number | null }>(parts, actor, (reading) => {
    const { key } = requireModule(reading, moduleKey, action)
    return sql`
      select count(*)::int as reached from ${sql.table(recordTable(key))} as t
      where t.id = any(${ids}::uuid[]) and t.deleted_at is null and ${reachedRows(reading, key, action, 't')}`
  })
  return rows[0]?.reached === new Set(ids).size
}
