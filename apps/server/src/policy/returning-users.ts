import type { Key, PolicyDocument, UserDefinition } from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'

type Users = NonNullable<PolicyDocument['users']>

/**
 * Users come and go by the document, and a key that comes back has its records again. Their sign-ins and keys it has only where it stands
 * for whom it stood: under another name or address it is somebody else, who must not be let in by what the first was given. To be called
 * before the owners are placed; the head must be locked, and the stamp grows with the version.
 * @param at ISO 8601 instant
 */
export async function followUsers(
  transaction: QueryExecutorProvider,
  place: OrganizationRef,
  { before = {}, after = {} }: { readonly before?: Users; readonly after?: Users },
  at: string,
): Promise<void> {
  const dropped = Object.entries(before).filter(([key]) => !Object.hasOwn(after, key))
  const added = Object.entries(after).filter(([key]) => !Object.hasOwn(before, key))
  if (dropped.length > 0) await noteDropped(transaction, place, dropped)
  if (added.length > 0) await welcome(transaction, place, added, at)
}

/** By what a person is told from another. */
function identityOf({ name, email }: UserDefinition): string {
  return JSON.stringify([name ?? null, email?.toLowerCase() ?? null])
}

async function noteDropped(
  transaction: QueryExecutorProvider,
  place: OrganizationRef,
  users: readonly [Key, UserDefinition][],
): Promise<void> {
  await sql`
    update ${owners(place)} as owners set was = dropped.was
    from unnest(${users.map(([key]) => key)}::text[], ${users.map(([, user]) => identityOf(user))}::text[]) as dropped (key, was)
    where owners.kind = 'user' and owners.key = dropped.key`.execute(transaction)
}

/** Whoever was here before and was dropped before it was noted whom he was counts as somebody else. */
async function welcome(
  transaction: QueryExecutorProvider,
  place: OrganizationRef,
  users: readonly [Key, UserDefinition][],
  at: string,
): Promise<void> {
  const known = await sql<{ id: number; key: Key; was: string | null }>`
    select id, key, was from ${owners(place)} where kind = 'user' and key = any(${users.map(([key]) => key)}::text[])`.execute(
    transaction,
  )
  const identities = new Map(users.map(([key, user]) => [key, identityOf(user)]))
  const others = known.rows.filter(({ key, was }) => was !== identities.get(key))
  if (others.length > 0) await endCredentials(transaction, place, others, at)
}

async function endCredentials(
  transaction: QueryExecutorProvider,
  { id }: OrganizationRef,
  users: readonly { readonly id: number; readonly key: Key }[],
  at: string,
): Promise<void> {
  const ofThem = sql`organization_id = ${id}::uuid and user_key = any(${users.map(({ key }) => key)}::text[])`
  await sql`delete from control.memberships where ${ofThem}`.execute(transaction)
  await sql`delete from control.invitations where ${ofThem}`.execute(transaction)
  await sql`
    update control.api_keys set revoked_at = ${at}
    where organization_id = ${id}::uuid and owner_id = any(${users.map((user) => user.id)}::int[]) and revoked_at is null`.execute(
    transaction,
  )
}

function owners({ schema }: OrganizationRef) {
  return sql.id(schema, 'owners')
}
