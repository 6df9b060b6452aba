import type { Key } from '@bailiwick/access'
import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'

/** An identity as a user of one organization. */
export interface Membership {
  readonly organization: OrganizationPlace & { readonly name: string }
  readonly user: Key
}

/** Every organization that the identity is a user of, by name. */
export async function listMemberships(control: Kysely<ControlTables>, identityId: string): Promise<Membership[]> {
  const rows = await control
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .select(['organizations.id', 'slug', 'name', 'schema', 'role', 'user_key'])
    .where('identity_id', '=', identityId)
    .orderBy('name')
    .orderBy('slug')
    .execute()
  return rows.map(({ user_key, ...organization }) => ({ organization, user: user_key }))
}

/** Which user of the organization the identity is; nothing where it is none of its people. */
export async function findMembership(
  control: Kysely<ControlTables>,
  identityId: string,
  organizationId: string,
): Promise<Membership | undefined> {
  const memberships = await listMemberships(control, identityId)
  return memberships.find(({ organization }) => organization.id === organizationId)
}

/** Which identity a user of the organization signs in with. */
export async function findIdentityOfUser(
  control: Kysely<ControlTables>,
  organizationId: string,
  user: Key,
): Promise<string | undefined> {
  const row = await control
    .selectFrom('memberships')
    .select('identity_id')
    .where('organization_id', '=', organizationId)
    .where('user_key', '=', user)
    .executeTakeFirst()
  return row?.identity_id
}

/**
 * Makes an identity the user of an organization; whoever was that user before, or another user that it was, is so no more.
 * @returns whether there was any such: then the organization's stamp must grow in the same transaction
 */
export async function setMembership(
  control: Kysely<ControlTables>,
  { identityId, organizationId, user }: { identityId: string; organizationId: string; user: Key },
): Promise<boolean> {
  const before = await control
    .deleteFrom('memberships')
    .where('organization_id', '=', organizationId)
    .where((where) => where.or([where('identity_id', '=', identityId), where('user_key', '=', user)]))
    .executeTakeFirst()
  await control
    .insertInto('memberships')
    .values({ identity_id: identityId, organization_id: organizationId, user_key: user })
    .execute()
  return before.numDeletedRows > 0n
}

/** The users of an organization whom somebody signs in as. */
export async function listUsersWithSignIn(
  control: Kysely<ControlTables>,
  organizationId: string,
): Promise<ReadonlySet<Key>> {
  const rows = await control
    .selectFrom('memberships')
    .select('user_key')
    .where('organization_id', '=', organizationId)
    .execute()
  return new Set(rows.map(({ user_key }) => user_key))
}
