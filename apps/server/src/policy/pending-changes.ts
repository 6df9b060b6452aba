import type { Difference, PolicyDocument } from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'

/** What became of a change that needed approval; `stale`: it waits, and can't be approved any more, since the policy has moved on. */
export type ChangeState = 'pending' | 'stale' | 'applied' | 'declined' | 'withdrawn'

export interface Approval {
  readonly by: string
  readonly at: string
}

/** A change of the policy that doesn't count before others have approved it. */
export interface PendingChange {
  readonly id: number
  readonly state: ChangeState
  /** The version that it was made from, and counts for alone. */
  readonly base: number
  /** user:anna, or operator. */
  readonly author: string
  readonly at: string
  readonly reason: string | null
  readonly difference: readonly Difference[]
  /** Data that may go with it. */
  readonly destroy: readonly string[]
  readonly approvals: readonly Approval[]
  /** How many it takes, by the policy that stands. */
  readonly needed: number
  readonly endedAt: string | null
  readonly endedBy: string | null
  /** The version that it became. */
  readonly version: number | null
}

export interface NewChange extends Pick<PendingChange, 'base' | 'author' | 'at' | 'reason' | 'difference' | 'destroy'> {
  readonly document: PolicyDocument
}

/** `database` must be in the organization's schema. @returns its number */
export async function insertChange(database: QueryExecutorProvider, change: NewChange): Promise<number> {
  const { base, author, at, reason, difference, destroy, document } = change
  const { rows } = await sql<{ id: number }>`
    insert into policy_changes (base, author, at, reason, document, difference, destroy)
    values (${base}, ${author}, ${at}::timestamptz, ${reason}, ${JSON.stringify(document)}::json,
      ${JSON.stringify(difference)}::json, ${[...destroy]}::text[]) returning id`.execute(database)
  if (!rows[0]) throw new Error('A change of the policy was not kept')
  return rows[0].id
}

const SHOWN = sql`
  c.id, case when c.state = 'pending' and c.base <> head.version then 'stale' else c.state end as state, c.base, c.author, c.at, c.reason,
  c.difference, c.destroy, c.ended_at as "endedAt", c.ended_by as "endedBy", c.version,
  coalesce((v.document -> 'organization' ->> 'approvals')::int, 0) as needed,
  (select coalesce(json_agg(json_build_object('by', a.approver, 'at', a.at) order by a.at), '[]')
    from policy_approvals as a where a.change_id = c.id) as approvals`

/** Newest first, after the one with the id `after`. */
export async function listChanges(
  database: QueryExecutorProvider,
  { limit, after }: { readonly limit: number; readonly after?: number },
): Promise<PendingChange[]> {
  const older = after === undefined ? sql`true` : sql`c.id < ${after}::int`
  const { rows } = await sql<PendingChange>`
    select ${SHOWN} from policy_changes as c cross join head join policy_versions as v on v.number = head.version
    where ${older} order by c.id desc limit ${limit}`.execute(database)
  return rows.map(present)
}

export async function findChange(database: QueryExecutorProvider, id: number): Promise<PendingChange | undefined> {
  const { rows } = await sql<PendingChange>`
    select ${SHOWN} from policy_changes as c cross join head join policy_versions as v on v.number = head.version
    where c.id = ${id}::int`.execute(database)
  return rows.map(present)[0]
}

function present(change: PendingChange): PendingChange {
  return { ...change, approvals: change.approvals.map(({ by, at }) => ({ by, at: new Date(at).toISOString() })) }
}

export async function documentOfChange(database: QueryExecutorProvider, id: number): Promise<PolicyDocument> {
  const { rows } = await sql<{ document: PolicyDocument }>`
    select document from policy_changes where id = ${id}::int`.execute(database)
  if (!rows[0]) throw new Error('The change of the policy is gone')
  return rows[0].document
}

/** Writes down who approved, once. @returns whether that is news */
export async function insertApproval(
  database: QueryExecutorProvider,
  id: number,
  { by, at }: Approval,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into policy_approvals (change_id, approver, at) values (${id}::int, ${by}, ${at}::timestamptz)
    on conflict do nothing`.execute(database)
  return numAffectedRows === 1n
}

export async function endChange(
  database: QueryExecutorProvider,
  id: number,
  end: {
    readonly state: 'applied' | 'declined' | 'withdrawn'
    readonly by: string
    readonly at: string
    readonly version?: number
  },
): Promise<void> {
  await sql`update policy_changes
    set state = ${end.state}, ended_by = ${end.by}, ended_at = ${end.at}::timestamptz, version = ${end.version ?? null}
    where id = ${id}::int`.execute(database)
}

/** Tells those who may approve that a change waits. `users` by their keys. */
export async function tellApprovers(
  database: QueryExecutorProvider,
  { id, at, author }: Pick<PendingChange, 'id' | 'at' | 'author'>,
  users: readonly string[],
): Promise<void> {
  const actor = author.startsWith('user:') ? author.slice('user:'.length) : null
  await sql`insert into notifications (receiver, kind, actor, at, policy_change)
    select id, 'approval', (select id from owners where kind = 'user' and key = ${actor}::text), ${at}::timestamptz, ${id}::int
    from owners where kind = 'user' and key = any(${[...users]}::text[])`.execute(database)
}
