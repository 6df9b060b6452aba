import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'

/** The organization of a slug; nothing where there is none. */
export async function findOrganization(
  control: Kysely<ControlTables>,
  slug: string,
): Promise<OrganizationPlace | undefined> {
  return control
    .selectFrom('organizations')
    .select(['id', 'slug', 'schema', 'role'])
    .where('slug', '=', slug)
    .executeTakeFirst()
}

/** Every organization of the installation, by slug: for the operator. */
export async function listOrganizations(control: Kysely<ControlTables>) {
  return control
    .selectFrom('organizations')
    .select(['slug', 'name', 'created_at as createdAt'])
    .orderBy('slug')
    .execute()
}
