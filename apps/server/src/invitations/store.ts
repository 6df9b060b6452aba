import type { Key } from '@bailiwick/access'
import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'

type InvitationTables = {
  invitations: { organization_id: string; user_key: string; email: string; hash: Buffer; expires_at: string | Date }
}

const tablesOf = (control: Kysely<ControlTables>) => control.withTables<InvitationTables>()

export interface Invitation {
  readonly organization: { id: string; slug: string; name: string; schema: string; role: string }
  readonly user: Key
  readonly email: string
  readonly expiresAt: Date
}

export interface NewInvitation {
  readonly organizationId: string
  readonly user: Key
  readonly email: string
  readonly hash: Buffer
  readonly expiresAt: Date
}

/** The one invitation of a user: the one before can't be followed any more. */
export async function replaceInvitation(
  control: Kysely<ControlTables>,
  { organizationId, user, email, hash, expiresAt }: NewInvitation,
): Promise<void> {
  const content = { email, hash, expires_at: expiresAt }
  await tablesOf(control)
    .insertInto('invitations')
    .values({ organization_id: organizationId, user_key: user, ...content })
    .onConflict((conflict) => conflict.columns(['organization_id', 'user_key']).doUpdateSet(content))
    .execute()
}

/** The invitation of a token that hasn't been followed, replaced or run out. */
export async function findInvitation(
  control: Kysely<ControlTables>,
  hash: Buffer,
  now: number,
): Promise<Invitation | undefined> {
  const row = await tablesOf(control)
    .selectFrom('invitations')
    .innerJoin('organizations', 'organizations.id', 'invitations.organization_id')
    .select(['organizations.id', 'slug', 'name', 'schema', 'role', 'user_key', 'email', 'expires_at'])
    .where('hash', '=', hash)
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst()
  if (!row) return undefined
  const { user_key: user, email, expires_at, ...organization } = row
  return { organization, user, email, expiresAt: new Date(expires_at) }
}

/** Uses an invitation up. @returns whether it was still there: of two that follow it at once, one does */
export async function takeInvitation(control: Kysely<ControlTables>, hash: Buffer): Promise<boolean> {
  const taken = await tablesOf(control).deleteFrom('invitations').where('hash', '=', hash).executeTakeFirst()
  return taken.numDeletedRows === 1n
}

/** Ends the link of a user. @returns whether there was one that could be followed */
export async function removeInvitation(
  control: Kysely<ControlTables>,
  organizationId: string,
  user: Key,
  now: number,
): Promise<boolean> {
  const removed = await tablesOf(control)
    .deleteFrom('invitations')
    .where('organization_id', '=', organizationId)
    .where('user_key', '=', user)
    .returning('expires_at')
    .executeTakeFirst()
  return removed !== undefined && new Date(removed.expires_at).getTime() > now
}

/** Until when each invited user of an organization can follow his link. */
export async function listInvited(
  control: Kysely<ControlTables>,
  organizationId: string,
  now: number,
): Promise<Map<Key, Date>> {
  const rows = await tablesOf(control)
    .selectFrom('invitations')
    .select(['user_key', 'expires_at'])
    .where('organization_id', '=', organizationId)
    .where('expires_at', '>', new Date(now))
    .execute()
  return new Map(rows.map(({ user_key, expires_at }) => [user_key, new Date(expires_at)]))
}
