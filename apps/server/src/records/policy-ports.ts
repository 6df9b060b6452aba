import type { Key, Policy, ReachCondition, RecordFacts } from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'
import { recordTable } from '../modules/columns.ts'
import { readOwners } from '../policy/owners.ts'
import { loadFacts } from './facts.ts'
import { reachToSql } from './reach-to-sql.ts'

/** What a policy's tests know of a stored record. For the policy room, whose examination reads records through the gateway alone. */
export async function readFactsForPolicy(
  database: QueryExecutorProvider,
  _organization: OrganizationRef,
  policy: Policy,
  module: Key,
  id: string,
): Promise<RecordFacts | undefined> {
  return loadFacts({ snapshot: { policy, owners: await readOwners(database) }, database }, module, id)
}

/** How many records a changed reach gains and loses, by the same reading of conditions as every list's. */
export function countReachedForPolicy(
  database: QueryExecutorProvider,
  _organization: OrganizationRef,
  policy: Policy,
  now: number,
) {
  const owners = readOwners(database)
  return async (module: Key, before: ReachCondition, after: ReachCondition) => {
    const reading = { snapshot: { policy, owners: await owners }, now }
    const had = reachToSql(reading, module, 't', before)
    const has = reachToSql(reading, module, 't', after)
    const { rows } = await sql<{ gained: number; lost: number }>`
      select count(*) filter (where has and not had) as gained, count(*) filter (where had and not has) as lost
      from (select ${had} as had, ${has} as has from ${sql.table(recordTable(module))} as t where t.deleted_at is null) compared
    `.execute(database)
    return rows[0] ?? { gained: 0, lost: 0 }
  }
}
