import { type Key, missingOnModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { notFound, notPermitted } from '../problem.ts'
import { isId } from './find-record.ts'
import type { RecordsParts } from './parts.ts'
import { rememberedRows, Slot } from './remembered-statements.ts'
import { missingLevel, reachedRows, refusalOnModule, requireModule } from './require-module.ts'
import type { Reading } from './stamped.ts'

/** Which records somebody asks about, by module. */
export type WatchedIds = ReadonlyMap<Key, readonly string[]>

export interface WatchedRecord {
  readonly module: Key
  readonly id: string
  readonly version: number
}

const slots = new Map<Key, Slot>()

function idsOf(module: Key): Slot {
  const slot = slots.get(module) ?? new Slot(`ids of ${module}`)
  slots.set(module, slot)
  return slot
}

/**
 * Those of the records that the person reads at this moment, each with its version; and the policy that says so.
 * @throws Problem 401 for whom the policy doesn't admit
 */
export async function readWatched(
  parts: RecordsParts,
  actor: Actor,
  watched: WatchedIds,
): Promise<{ readonly records: readonly WatchedRecord[]; readonly snapshot: Snapshot }> {
  const { rows, reading } = await rememberedRows<WatchedRecord & { readonly id: string | null }>(
    parts,
    actor,
    (now) => {
      const modules = [...watched.keys()].filter((key) => isRead(now, key)).sort()
      return {
        name: `watched ${modules.join()}`,
        build: (at) => watchedRows(at, modules),
        values: new Map(modules.map((key) => [idsOf(key), `{${(watched.get(key) ?? []).filter(isId).join()}}`])),
      }
    },
  )
  const records = rows.flatMap(({ module, id, version }) => (id === null ? [] : [{ module, id, version }]))
  return { records, snapshot: reading.snapshot }
}

function isRead({ snapshot, actor }: Reading, key: Key): boolean {
  const { policy } = snapshot
  return policy.modules.has(key) && missingOnModule(policy, actor.user, key, 'read', actor.asking) === undefined
}

function watchedRows(reading: Reading, modules: readonly Key[]): RawBuilder<unknown> {
  if (modules.length === 0) return sql`select null::text as module, null::uuid as id, null::int as version where false`
  const each = modules.map(
    (key) => sql`
      select ${sql.lit(key)}::text as module, t.id, t.version from ${sql.table(recordTable(key))} as t
      where t.id = any(${idsOf(key)}::uuid[]) and t.deleted_at is null and ${reachedRows(reading, key, 'read', 't')}`,
  )
  return sql.join(each, sql` union all `)
}

const ID = new Slot('id')
/** The id of none, for a text that can't be one. */
const NO_RECORD = '00000000-0000-0000-0000-000000000000'

/**
 * Lets whoever reads a record be seen at it; as editing, whoever may change it.
 * @throws Problem 404 where he doesn't read it, 403 where he may not change it but says so
 */
export async function requireAtRecord(
  parts: RecordsParts,
  actor: Actor,
  { module, id, editing }: { readonly module: Key; readonly id: string; readonly editing: boolean },
): Promise<Snapshot> {
  const { rows, reading } = await rememberedRows<{ readonly id: string | null; readonly may: boolean }>(parts, actor, {
    name: `at one of ${module}`,
    build: (now) => sql`
      select t.id, ${reachedRows(now, requireModule(now, module, 'read').key, 'update', 't')} as may
      from ${sql.table(recordTable(module))} as t
      where t.id = ${ID}::uuid and t.deleted_at is null and ${reachedRows(now, module, 'read', 't')}`,
    values: new Map([[ID, isId(id) ? id : NO_RECORD]]),
  })
  const [row] = rows
  if (!row || row.id === null) throw notFound()
  const refusal = editing ? refusalOnModule(reading, module, 'update') : undefined
  if (refusal) throw refusal
  if (editing && !row.may) throw notPermitted(missingLevel('update'))
  return reading.snapshot
}
