import type { Difference, Key, PolicyDocument } from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'

export interface Head {
  readonly version: number
  readonly stamp: number
  /** How often moved owners have arrived in their buckets. */
  readonly settled: number
}

export interface OwnerRow {
  readonly id: number
  readonly kind: 'user' | 'team'
  readonly key: Key
  readonly bucket: number
  /** Some of his records may still carry another bucket. */
  readonly moved: boolean
}

/** What the organization's schema holds about its policy, read in one snapshot. */
export interface StoredPolicy extends Head {
  /** The version that its users are written in. */
  readonly usersFrom: number
  /** Absent where the caller holds this version already. */
  readonly document: PolicyDocument | null
  readonly owners: readonly OwnerRow[] | null
  /** Bytes of the version itself, as it is kept; absent with its document. */
  readonly size: number | null
  /** Bytes of the other version that its users are written in; absent where there is none, or the caller holds them. */
  readonly usersSize: number | null
}

/** What a caller has of a policy already. */
export interface HeldPolicy extends Pick<StoredPolicy, 'version' | 'settled' | 'usersFrom'> {
  readonly document: PolicyDocument
}

export interface VersionEntry {
  readonly number: number
  readonly author: string
  readonly approvers: readonly string[]
  /** ISO 8601 instant. */
  readonly at: string
  readonly reason: string | null
  readonly difference: readonly Difference[]
}

export interface PolicyVersion extends VersionEntry {
  readonly document: PolicyDocument
}

/** The channel on which committed changes of policy are announced; the payload is the organization's id. */
export const POLICY_CHANNEL = 'bailiwick_policy'

const ENTRY = sql`number, author, approvers, at, reason, difference`

/** The policy as it stands; document and owners only if they aren't those that the caller holds. Users whom he holds are the very same. */
export async function readStoredPolicy(
  database: QueryExecutorProvider,
  place: OrganizationRef,
  held?: HeldPolicy,
): Promise<StoredPolicy | undefined> {
  const isHeld = sql`(head.version = ${held?.version ?? null}::integer and head.settled = ${held?.settled ?? null}::bigint)`
  const hasUsers = sql`(${isHeld} or latest.users_from = ${held?.usersFrom ?? null}::integer)`
  const result = await sql<StoredRow>`
    select head.version, head.stamp, head.settled, coalesce(latest.users_from, latest.number) as "usersFrom",
      case when ${isHeld} then null else latest.document end as document,
      case when ${isHeld} then null else octet_length(latest.document::text) end as size,
      case when ${hasUsers} then null else sharing.document end as sharing,
      case when ${hasUsers} then null else octet_length(sharing.document::text) end as "usersSize",
      case when ${isHeld} then null else (${ownerColumns(place)}) end as owners
    from ${table(place, 'head')} as head
    join ${table(place, 'policy_versions')} as latest on latest.number = head.version
    left join ${table(place, 'policy_versions')} as sharing on sharing.number = latest.users_from`.execute(database)
  const [row] = result.rows
  if (!row) return undefined
  const { document, ...rest } = wholeDocument(row)
  const users = row.sharing === null && row.usersFrom !== row.version ? { users: held?.document.users } : {}
  return { ...rest, document: document && { ...document, ...users }, owners: row.owners && ownerRows(row.owners) }
}

interface StoredRow extends Omit<StoredPolicy, 'document' | 'owners'>, StoredDocument {
  readonly owners: OwnerColumns | null
}

/** The owners' columns, a list each: ten thousand objects take the database and the reader three times as long. */
type OwnerColumns = { readonly [column in keyof OwnerRow]: readonly OwnerRow[column][] }

function ownerColumns(place: OrganizationRef): RawBuilder<unknown> {
  const columns = ['id', 'kind', 'key', 'bucket', 'moved'].flatMap((column) => [
    sql.lit(column),
    sql`coalesce(json_agg(${sql.id(column)} order by id), '[]')`,
  ])
  return sql`select json_build_object(${sql.join(columns)}) from ${table(place, 'owners')}`
}

function ownerRows({ id, kind, key, bucket, moved }: OwnerColumns): OwnerRow[] {
  return id.map((one, at) => ({ id: one, kind: kind[at]!, key: key[at]!, bucket: bucket[at]!, moved: moved[at]! }))
}

/** A document as it is kept: where its users are those of an older version, they stand in that one's alone. */
interface StoredDocument {
  readonly document: PolicyDocument | null
  readonly sharing: PolicyDocument | null
}

function wholeDocument<Row extends StoredDocument>({ sharing, ...row }: Row): Omit<Row, 'sharing'> {
  return sharing === null ? row : { ...row, document: { ...row.document, users: sharing.users } }
}

/** The versions before `before` (all, if unstated), newest first, without their documents. */
export async function listVersions(
  database: QueryExecutorProvider,
  place: OrganizationRef,
  page: { readonly limit: number; readonly before?: number },
): Promise<VersionEntry[]> {
  const older = page.before === undefined ? sql`true` : sql`number < ${page.before}`
  const result = await sql<VersionEntry>`
    select ${ENTRY} from ${table(place, 'policy_versions')} where ${older} order by number desc limit ${page.limit}`.execute(
    database,
  )
  return result.rows
}

export async function findVersion(
  database: QueryExecutorProvider,
  place: OrganizationRef,
  number: number,
): Promise<PolicyVersion | undefined> {
  const result = await sql<PolicyVersion & StoredDocument>`
    select ${ENTRY}, document, (
      select sharing.document from ${table(place, 'policy_versions')} as sharing where sharing.number = found.users_from
    ) as sharing from ${table(place, 'policy_versions')} as found where number = ${number}`.execute(database)
  return result.rows.map(wholeDocument)[0]
}

/**
 * Takes the head for changing until the transaction ends. Whoever writes records holds it `for key share`, so this waits for them, and
 * they for it: no record is written by a rule that is going.
 */
export async function lockHead(transaction: QueryExecutorProvider, place: OrganizationRef): Promise<Head> {
  const result = await sql<Head>`select version, stamp, settled from ${table(place, 'head')} for update`.execute(
    transaction,
  )
  const [head] = result.rows
  if (!head) throw new Error(`The organization ${place.schema} has no policy yet.`)
  return head
}

/**
 * Adds a version and makes it the current one. The announcement is delivered by the commit, or never.
 * @param sharesUsers its users are those of the version before: they are most of a large document, and aren't written again
 */
export async function insertVersion(
  transaction: QueryExecutorProvider,
  place: OrganizationRef,
  version: PolicyVersion,
  sharesUsers = false,
): Promise<void> {
  const { number, author, approvers, at, reason, document, difference } = version
  // The key keeps its place among the others, which is the author's.
  const kept = sharesUsers ? { ...document, users: null } : document
  await sql`
    insert into ${table(place, 'policy_versions')} (number, author, approvers, at, reason, document, difference, users_from)
    values (${number}, ${author}, ${[...approvers]}, ${at}, ${reason},
      ${JSON.stringify(kept)}, ${JSON.stringify(difference)},
      ${sharesUsers ? usersOf(place, number - 1) : sql`null`})`.execute(transaction)
  await sql`update ${table(place, 'head')} set version = ${number}, stamp = stamp + 1`.execute(transaction)
  await sql`select pg_notify(${POLICY_CHANNEL}, ${place.id})`.execute(transaction)
}

/** The version that holds the users of another one. */
function usersOf(place: OrganizationRef, number: number): RawBuilder<unknown> {
  return sql`(select coalesce(users_from, number) from ${table(place, 'policy_versions')} where number = ${number})`
}

/** Lets everybody read anew what is known of owners. The head must be locked. */
export async function settle(transaction: QueryExecutorProvider, place: OrganizationRef): Promise<void> {
  await sql`update ${table(place, 'head')} set settled = settled + 1, stamp = stamp + 1`.execute(transaction)
  await sql`select pg_notify(${POLICY_CHANNEL}, ${place.id})`.execute(transaction)
}

/** Every owner that the organization ever had; `database` must be in its schema. */
export async function readOwnerRows(database: QueryExecutorProvider): Promise<OwnerRow[]> {
  const { rows } = await sql<OwnerRow>`select id, kind, key, bucket, moved from owners`.execute(database)
  return rows
}

function table(place: OrganizationRef, name: string): RawBuilder<unknown> {
  return sql.id(place.schema, name)
}
