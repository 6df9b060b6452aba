import { type QueryExecutorProvider, sql } from 'kysely'
import { migrateOrganization } from './migrate.ts'
import { createRole, dropRole } from './roles.ts'
import type { OrganizationRef } from './tables.ts'

/**
 * Where an organization will be kept. Slugs are `[a-z][a-z0-9-]{0,49}`, so no two share a schema, and names stay within 63 bytes.
 * Roles belong to the whole database server: the id keeps them apart from those of another installation on it.
 */
export function organizationRef(id: string, slug: string): OrganizationRef {
  const schema = `org_${slug.replaceAll('-', '_')}`
  return { id, schema, role: `${schema}_${id.replaceAll('-', '').slice(-8)}` }
}

/**
 * Makes an organization's schema with its tables, and the role that alone reaches it (besides `control.fold`). `owner` is a
 * transaction of the login role; the row in `control.organizations` is the caller's. Leaves search_path as it was.
 */
export async function createOrganizationSchema(
  owner: QueryExecutorProvider,
  organization: OrganizationRef,
): Promise<void> {
  const [schema, role] = [sql.id(organization.schema), sql.id(organization.role)]
  const { rows } = await sql<{ group: string }>`select role_group as group from control.installation`.execute(owner)
  await createRole(owner, organization.role, rows[0]!.group)
  await sql`create schema ${schema}`.execute(owner)
  await sql`grant usage on schema ${schema} to ${role}`.execute(owner)
  await keepingSearchPath(owner, () => migrateOrganization(owner, organization))
}

/** Drops an organization's schema with all in it, and its role. No session of that role may be open on another database. */
export async function dropOrganizationSchema(
  owner: QueryExecutorProvider,
  organization: OrganizationRef,
): Promise<void> {
  await sql`drop schema ${sql.id(organization.schema)} cascade`.execute(owner)
  await dropRole(owner, organization.role)
}

async function keepingSearchPath(owner: QueryExecutorProvider, work: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ path: string }>`select current_setting('search_path') as path`.execute(owner)
  await work()
  await sql`select set_config('search_path', ${rows[0]!.path}, true)`.execute(owner)
}
