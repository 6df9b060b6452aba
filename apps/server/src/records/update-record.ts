import type { Key } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { type Changed, changeRecord } from './change-record.ts'
import { columnValues } from './column-values.ts'
import { lookupTargets } from './lookups.ts'
import type { RecordsParts } from './parts.ts'
import { viewOf } from './present-record.ts'
import { requireWritable } from './writable-values.ts'

/**
 * Changes the given fields of a record.
 * @param version what the caller saw (`If-Match`); unstated, whatever is there.
 * @throws Problem 404, 403, 409, 412, or 422 with everything wrong.
 */
export async function updateRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  body: Readonly<Record<string, unknown>>,
  version?: number,
): Promise<Changed> {
  const change = { module: moduleKey, id, version, action: 'update', history: 'update' } as const
  return changeRecord(parts, actor, change, async (reading, module) => {
    const values = requireWritable(reading, module, body, false, viewOf(reading, module).access)
    return {
      columns: await columnValues(parts, reading, module.key, values),
      fields: [...values.keys()].map((field) => field.key),
      targets: lookupTargets(values),
    }
  })
}
