import type { Action, Key, PolicyModule } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { invalidInput, type Problem } from '../problem.ts'
import { matchingRows } from './asked-list.ts'
import { checkFilter } from './check-filter.ts'
import { writeHistory } from './history.ts'
import { lockParents } from './levels-rest-on.ts'
import type { RecordsParts } from './parts.ts'
import { viewOf } from './present-record.ts'
import { reachedRows, requireModule } from './require-module.ts'
import { requireShares, type ShareInput, writeShares } from './shares.ts'
import { inTransaction, type Reading, stampedRows } from './stamped.ts'

/** Which records: named, or all that the person reads and that match. */
export interface Selection {
  readonly ids?: readonly string[]
  readonly filter?: unknown
}

export const MOST_SELECTED = 10_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export interface Refused {
  readonly id: string
  readonly reason: string
}

/** How a change of many came out. A record that the person can't read is refused as one that isn't there. */
export interface ManyOutcome {
  readonly changed: number
  readonly refused: readonly Refused[]
}

const NOT_THERE = 'There is nothing here that you can see.'

/**
 * The ids of the selected records that the person reads, in the order given (or by id).
 * @throws Problem 422 where the selection is neither ids nor a filter, or takes more than 10,000 records.
 */
export async function selectIds(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  selection: Selection,
): Promise<string[]> {
  const { ids, filter } = selection
  if ((ids === undefined) === (filter === undefined))
    throw invalidInput([{ path: '', message: 'takes either ids or a filter' }])
  if (ids !== undefined) return requireIds(ids)
  const { rows } = await stampedRows<{ id: string | null }>(parts, actor, (reading) => {
    const view = viewOf(reading, requireModule(reading, moduleKey, 'mass'))
    const errors: InputError[] = []
    const checked = checkFilter(view, filter, errors)
    if (errors.length > 0) throw invalidInput(errors)
    const matching = matchingRows(reading, view, { filter: checked, words: [] }, false)
    return sql`select t.id from ${sql.table(recordTable(moduleKey))} as t where ${matching} order by t.id limit ${MOST_SELECTED + 1}`
  })
  if (rows.length > MOST_SELECTED) throw tooMany('/filter')
  return rows.flatMap((row) => row.id ?? [])
}

function requireIds(ids: readonly string[]): string[] {
  if (ids.length > MOST_SELECTED) throw tooMany('/ids')
  const errors = ids.flatMap((id, index) =>
    UUID.test(id) ? [] : [{ path: `/ids/${index}`, message: 'must be the id of a record' }],
  )
  if (errors.length > 0) throw invalidInput(errors)
  return [...new Set(ids.map((id) => id.toLowerCase()))]
}

function tooMany(path: string): Problem {
  return invalidInput([{ path, message: `selects more than ${MOST_SELECTED} records; narrow it` }])
}

/**
 * Shares many records with the same principals, in one transaction.
 * @throws Problem 404, 403, 422.
 */
export async function shareMany(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  selection: Selection,
  grants: readonly ShareInput[],
): Promise<ManyOutcome> {
  const ids = await selectIds(parts, actor, moduleKey, selection)
  return inTransaction(parts, actor, async (reading) => {
    requireModule(reading, moduleKey, 'mass')
    const module = requireModule(reading, moduleKey, 'share')
    requireShares(
      reading,
      grants.map((share, index) => ({ path: `/grants/${index}`, share })),
    )
    const shareable = await lockMany(reading, module, ids, 'share')
    await writeShares(reading, moduleKey, [...shareable.keys()], grants)
    for (const [id, version] of shareable) await writeHistory(reading, moduleKey, { id, version }, 'share', {})
    const refused = ids.filter((id) => !shareable.has(id)).map((id) => ({ id, reason: NOT_THERE }))
    return { changed: shareable.size, refused }
  })
}

/** Locks, in the order of their ids, those of the records that the action may be done to, with their parents; their versions by id. */
async function lockMany(
  reading: Reading,
  module: PolicyModule,
  ids: readonly string[],
  action: Action,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`
    select t.id, t.version from ${sql.table(recordTable(module.key))} as t
    where t.id = any(${ids}::uuid[]) and t.deleted_at is null and ${reachedRows(reading, module.key, action, 't')}
    order by t.id for update of t
  `.execute(reading.database)
  const versions = new Map(rows.map(({ id, version }) => [id, version]))
  await lockParents(reading, module, [...versions.keys()])
  return versions
}
