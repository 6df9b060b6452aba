import type { Key, PolicyModule } from '@bailiwick/access'
import { isEmptyValue } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { type Problem, problem } from '../problem.ts'
import type { Changed } from './change-record.ts'
import { actorId } from './column-values.ts'
import { requireAllowed, requireVersion } from './find-record.ts'
import type { StoredChanges } from './history.ts'
import { tellMeanwhile } from './meanwhile.ts'
import type { RecordsParts } from './parts.ts'
import { openValue, viewOf } from './present-record.ts'
import { inTransaction, type Reading } from './stamped.ts'
import { updateRecord } from './update-record.ts'

/**
 * Takes back one's own change of fields, by which the record came to the version that it still has: an update like any other, with all its
 * checks, that puts the values from before.
 * @throws Problem 404, 403, 412 where the record moved on, 409 where that change was none of one's own, 422.
 */
export async function undoChange(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  version: number,
): Promise<Changed> {
  return tellMeanwhile(parts, actor, { module: moduleKey, id, seen: version }, async () => {
    const before = await inTransaction(parts, actor, (reading) => valuesBefore(parts, reading, moduleKey, id, version))
    return updateRecord(parts, actor, moduleKey, id, before, version)
  })
}

async function valuesBefore(
  parts: RecordsParts,
  reading: Reading,
  moduleKey: Key,
  givenId: string,
  version: number,
): Promise<Readonly<Record<Key, unknown>>> {
  const record = await requireAllowed(reading, moduleKey, givenId, 'update')
  requireVersion(record.version, version)
  const { rows } = await sql<{ readonly changes: StoredChanges }>`
    select changes from history
    where record_id = ${record.id}::uuid and module = ${record.module.key} and version = ${version}
      and action = 'update' and actor = ${actorId(reading)}::int
    order by id desc limit 1
  `.execute(reading.database)
  const [row] = rows
  if (!row || Object.keys(row.changes).length === 0)
    throw cannotUndo('Only one’s own last change of fields can be taken back.')
  return openBefore(parts, reading, record.module, row.changes)
}

/** A field that was open to him when he changed it and is no more isn't named: it may be hidden from him by now. */
async function openBefore(
  parts: RecordsParts,
  reading: Reading,
  module: PolicyModule,
  changes: StoredChanges,
): Promise<Record<Key, unknown>> {
  const { access } = viewOf(reading, module)
  const values: Record<Key, unknown> = {}
  for (const [key, [stored]] of Object.entries(changes)) {
    const field = module.fields.get(key)
    if (!field || access.get(key) !== 'edit')
      throw cannotUndo('Some of what that change changed is not yours to change any more.')
    const value = await openValue(parts, reading, module.key, field, stored)
    if (isEmptyValue(value) && !isEmptyValue(stored))
      throw cannotUndo('Some of what was there before that change does not exist any more.')
    values[key] = value
  }
  return values
}

function cannotUndo(detail: string): Problem {
  return problem(409, 'conflict', detail)
}
