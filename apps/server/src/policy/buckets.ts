import type { Key, PolicyDocument } from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'
import { queueOwnJob, SETTLE_OWNERS } from './own-jobs.ts'
import { lockHead, settle } from './store.ts'

/** A bucket by what it is of: users of a role, users without one, all teams. */
interface BucketName {
  readonly kind: 'teams' | 'people' | 'role'
  readonly key: Key
}

/**
 * Gives every user and team of the document an owner's id and the bucket where he belongs. Rows stay for ever: a key that comes back has
 * its records again, and no id ever means someone else. Whoever changes his bucket counts as moved until his records have followed.
 * The head must be locked.
 */
export async function placeOwners(
  transaction: QueryExecutorProvider,
  place: OrganizationRef,
  document: PolicyDocument,
): Promise<void> {
  const users = Object.entries(document.users ?? {}).map(([key, { role }]) => ({ key, bucket: bucketOfUser(role) }))
  const teams = Object.keys(document.teams ?? {}).map((key) => ({ key, bucket: TEAMS }))
  await addBuckets(transaction, place, [TEAMS, PEOPLE, ...Object.keys(document.roles ?? {}).map(bucketOfUser)])
  const named = [
    ...users.map(({ key, bucket }) => ({ kind: 'user', key, of: bucket.kind, role: bucket.key })),
    ...teams.map(({ key, bucket }) => ({ kind: 'team', key, of: bucket.kind, role: bucket.key })),
  ]
  const inOrder = named.map((owner, at) => ({ ...owner, at }))
  await putOwners(transaction, place, JSON.stringify(inOrder))
  await queueOwnJob(transaction, place, SETTLE_OWNERS, sql`exists (select from ${table(place, 'owners')} where moved)`)
}

const TEAMS: BucketName = { kind: 'teams', key: '' }
const PEOPLE: BucketName = { kind: 'people', key: '' }

function bucketOfUser(role: Key | undefined): BucketName {
  return role === undefined ? PEOPLE : { kind: 'role', key: role }
}

async function addBuckets(
  transaction: QueryExecutorProvider,
  place: OrganizationRef,
  names: readonly BucketName[],
): Promise<void> {
  const buckets = table(place, 'buckets')
  await sql`
    insert into ${buckets} (kind, key)
    select kind, key from unnest(${names.map(({ kind }) => kind)}::text[], ${names.map(({ key }) => key)}::text[]) as named (kind, key)
    where not exists (select from ${buckets} as known where known.kind = named.kind and known.key = named.key)
  `.execute(transaction)
}

/** Owners who aren't named any more go to bucket 0: they would keep their old one from ever being asked for as a whole. */
async function putOwners(transaction: QueryExecutorProvider, place: OrganizationRef, named: string): Promise<void> {
  const [owners, buckets] = [table(place, 'owners'), table(place, 'buckets')]
  await sql`
    with named as materialized (
      select named.kind, named.key, named.at, buckets.id as bucket
      from json_to_recordset(${named}::json) as named (kind text, key text, "of" text, role text, at int)
      join ${buckets} as buckets on buckets.kind = named."of" and buckets.key = named.role
    ), moved as (
      update ${owners} as owners set bucket = target.bucket, moved = true
      from (
        select known.id, coalesce(named.bucket, 0) as bucket
        from ${owners} as known left join named on named.kind = known.kind and named.key = known.key
      ) as target
      where target.id = owners.id and target.bucket <> owners.bucket
    )
    insert into ${owners} (kind, key, bucket)
    select named.kind, named.key, named.bucket from named
    where not exists (select from ${owners} as known where known.kind = named.kind and known.key = named.key)
    order by named.at
  `.execute(transaction)
}

/** Some of the owners that are moved; `database` must be in the organization's schema. */
export async function findMoved(database: QueryExecutorProvider, most: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from owners where moved order by id limit ${most}`.execute(
    database,
  )
  return rows.map(({ id }) => id)
}

/** Keeps the policy, and with it every record's owner and bucket, as it is until the transaction ends. */
export async function holdPolicy(transaction: QueryExecutorProvider, place: OrganizationRef): Promise<void> {
  await lockHead(transaction, place)
}

/** The owners' records are all in their buckets now, and everybody gets to know it. The policy must be held. */
export async function endMove(
  transaction: QueryExecutorProvider,
  place: OrganizationRef,
  owners: readonly number[],
): Promise<void> {
  await sql`update ${table(place, 'owners')} set moved = false where id = any(${owners}::int[])`.execute(transaction)
  await settle(transaction, place)
}

function table(place: OrganizationRef, name: string): RawBuilder<unknown> {
  return sql.id(place.schema, name)
}
