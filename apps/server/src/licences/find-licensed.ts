import type { Key } from '@bailiwick/access'
import type { Kysely } from 'kysely'
import type { ControlTables, OrganizationRef } from '../db/tables.ts'

/** The modules that an organization's licence covers; nothing where it has none, and so all of them. */
export async function findLicensed(
  control: Kysely<ControlTables>,
  organization: OrganizationRef,
): Promise<ReadonlySet<Key> | undefined> {
  const rows = await control
    .selectFrom('licences')
    .select('module')
    .where('organization_id', '=', organization.id)
    .execute()
  return rows.length === 0 ? undefined : new Set(rows.map(({ module }) => module))
}
