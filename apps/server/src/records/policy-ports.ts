import type { Key, Policy, RecordFacts } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'
import { readOwners } from '../policy/owners.ts'
import { loadFacts } from './facts.ts'

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
