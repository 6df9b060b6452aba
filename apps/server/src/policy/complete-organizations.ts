import { compilePolicy, type ModuleCatalogue } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { Database } from '../db/database.ts'
import { withMigrationLock } from '../db/migrate.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { completeTables } from '../modules/complete-tables.ts'
import { placeOwners } from './buckets.ts'
import { INDEX_RECORDS, queueOwnJob } from './own-jobs.ts'
import { lockHead, readStoredPolicy, type StoredPolicy, settle } from './store.ts'

/**
 * Gives every organization the tables and columns of built-in modules and fields that came with a newer program. To be run before the
 * first request, an organization at a time: interrupted, it goes on where it stopped.
 * @param say is told in a line what is made, before: it may take a minute where there are millions of records
 * @returns how many things were added in all
 */
export async function completeOrganizations(
  database: Pick<Database, 'owner'>,
  catalogue: ModuleCatalogue,
  say: (line: string) => void = () => {},
): Promise<number> {
  const organizations = await database.owner.selectFrom('organizations').select(['id', 'schema', 'role']).execute()
  let added = 0
  for (const organization of organizations) added += await completeOrganization(database, organization, catalogue, say)
  return added
}

/** An organization of a program that knew no buckets: its people get theirs, and their records follow in the background. */
async function placeAll(
  transaction: QueryExecutorProvider,
  organization: OrganizationRef,
  { document }: StoredPolicy,
): Promise<void> {
  await lockHead(transaction, organization)
  await placeOwners(transaction, organization, document ?? { bailiwick: 1 })
  await settle(transaction, organization)
}

function completeOrganization(
  { owner }: Pick<Database, 'owner'>,
  organization: OrganizationRef,
  catalogue: ModuleCatalogue,
  say: (line: string) => void,
): Promise<number> {
  return withMigrationLock(owner, async (transaction) => {
    const stored = await readStoredPolicy(transaction, organization)
    if (!stored?.document) return 0
    if (stored.owners?.some(({ bucket }) => bucket !== 0) === false) await placeAll(transaction, organization, stored)
    const { modules } = compilePolicy(stored.document, catalogue)
    const { made, isMoreLeft } = await completeTables(transaction, organization, modules, (missing) => {
      say(
        `making ${missing} things that this version needs in ${organization.schema}; with millions of records it takes minutes`,
      )
    })
    if (isMoreLeft) await queueOwnJob(transaction, organization, INDEX_RECORDS)
    return made
  })
}
