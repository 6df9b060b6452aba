import { type Key, reachCondition } from '@bailiwick/access'
import { sql } from 'kysely'
import { retryOnConflict } from '../../db/retry.ts'
import { recordTable } from '../../modules/columns.ts'
import { FEW_RECORDS } from '../../modules/later-indexes.ts'
import type { OrganizationPlace, Snapshot } from '../../policy/live-policy.ts'
import { INDEX_RECORDS, JOBS_CHANNEL } from '../../policy/own-jobs.ts'
import type { AskedList } from '../asked-list.ts'
import { chooseShape } from '../list-shapes/page-rows.ts'
import type { RecordsParts } from '../parts.ts'
import { reachOf } from '../require-module.ts'
import { type SortKey, sortName } from '../sort-keys.ts'
import type { Reading } from '../stamped.ts'
import { orderIndexName, orderToIndex } from './order-to-index.ts'
import { UNASKED_FOR } from './sort-out-orders.ts'

/** Milliseconds in which a process asks once for the same order. */
const ASKED_ANEW_AFTER = 3_600_000

/** When a process asked for orders, by the names of their indexes, in epoch milliseconds. */
const askedFor = new WeakMap<Snapshot, Map<string, number>>()

/**
 * Notes that a list is asked for in an order that no index has, by somebody whose page is looked for among everybody's records. Where these are
 * many, a job makes an index.
 */
export async function askForOrder(parts: RecordsParts, reading: Reading, { view, checked }: AskedList): Promise<void> {
  const { snapshot, now, actor } = reading
  const { sort, limit } = checked
  const keys = orderToIndex(view.module, sort)
  if (!keys) return
  const asked = askedFor.get(snapshot) ?? new Map<string, number>()
  askedFor.set(snapshot, asked)
  const name = orderIndexName(view.module.key, keys)
  if ((asked.get(name) ?? Number.NEGATIVE_INFINITY) + ASKED_ANEW_AFTER > now) return
  const reach = reachCondition(reachOf(reading, view.module.key, 'read'))
  if (chooseShape(reading, { module: view.module, reach, also: [], sort, limit }) === 'gathered') return
  asked.set(name, now)
  await retryOnConflict(() => noteOrder(parts, actor.organization, view.module.key, keys))
}

/** One statement: that it was asked for, and, where its index isn't there or others are to go, a job. */
async function noteOrder(
  { database }: RecordsParts,
  organization: OrganizationPlace,
  module: Key,
  keys: readonly SortKey[],
): Promise<void> {
  const { id, schema } = organization
  await sql`
    with asked as (
      insert into asked_orders as known (module, sort, asked_at)
      select ${module}, ${sortName(keys)}, clock_timestamp() from pg_class
      where relname = ${recordTable(module)} and relnamespace = ${schema}::regnamespace and reltuples >= ${FEW_RECORDS}
      on conflict (module, sort) do update set asked_at = excluded.asked_at where not known.is_unfit
      returning true
    ), queued as (
      insert into jobs (id, kind, created_at, input)
      select gen_random_uuid(), ${INDEX_RECORDS}, clock_timestamp(), '{}' from asked
      where (
          not exists (
            select from pg_class join pg_index on indexrelid = oid and indisvalid
            where relname = ${orderIndexName(module, keys)} and relnamespace = ${schema}::regnamespace)
          or exists (select from asked_orders where asked_at < clock_timestamp() - ${UNASKED_FOR.ended} * interval '1 ms')
        ) and not exists (select from jobs where kind = ${INDEX_RECORDS} and state = 'queued')
      returning id
    ) select pg_notify(${JOBS_CHANNEL}, ${id}) from queued`.execute(database.organization(organization))
}
