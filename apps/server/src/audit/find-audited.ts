import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { type AuditPlace, type CheckedAuditQuery, POLICY_ACTION, RECORD_ACTIONS } from './audit-query.ts'
import { EVENT_ACTIONS } from './note-event.ts'

/** Something that happened, as it stands in the table that it was written to. */
export interface AuditedRow {
  readonly source: 'policy' | 'event' | 'change'
  readonly id: number
  /** Microseconds since 1970. */
  readonly moment: number
  readonly at: string
  /** Who, as an owner; null where it was the operator, or nobody known. */
  readonly actor: number | null
  /** Of a version of the policy: user:anna, or operator. */
  readonly author: string | null
  readonly action: string
  readonly module: string | null
  readonly record_id: string | null
  /** Of the record, or of the policy. */
  readonly version: number | null
  /** Of a record's fields: stored values. */
  readonly changes: { readonly [field: string]: readonly [before: unknown, after: unknown] } | null
  readonly subject: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** By rank: of one moment, the later of the list goes first. */
const SOURCES = ['policy', 'event', 'change'] as const

export function placeOf({ moment, source, id }: AuditedRow): AuditPlace {
  return { at: moment, rank: SOURCES.indexOf(source), id }
}

/**
 * One more than a page of what happened, newest first. Each source is walked by an index in the order of the answer, and no further
 * than the page goes. `executor` must be in the organization's schema.
 */
export async function findAudited(executor: QueryExecutorProvider, query: CheckedAuditQuery): Promise<AuditedRow[]> {
  const { rows } = await auditedSql(query).execute(executor)
  return rows.map((row) => ({ ...row, id: Number(row.id), moment: Number(row.moment) }))
}

export function auditedSql(query: CheckedAuditQuery): RawBuilder<AuditedRow> {
  const branches = [...policyBranch(query), ...eventBranch(query), ...changeBranch(query)]
  if (branches.length === 0) return sql<AuditedRow>`select where false`
  return sql<AuditedRow>`select source, id, at, (extract(epoch from at) * 1000000)::bigint as moment, actor, author, action, module,
      record_id, version, changes, subject, details
    from (${sql.join(branches, sql` union all `)}) as audited
    order by at desc, rank desc, id desc limit ${query.limit + 1}`
}

function policyBranch(query: CheckedAuditQuery): RawBuilder<unknown>[] {
  const { actor, actions, module, record } = query
  if (module !== undefined || record !== undefined || (actions && !actions.includes(POLICY_ACTION))) return []
  return [
    sql`(select 'policy' as source, 0 as rank, number::bigint as id, at, null::int as actor, author, ${POLICY_ACTION}::text as action,
        null::text as module, null::uuid as record_id, number as version, null::jsonb as changes, null::text as subject,
        jsonb_build_object('reason', reason, 'approvers', approvers, 'changes', json_array_length(difference)) as details
      from policy_versions
      where ${inTime(query)} and ${actor === undefined ? sql`true` : sql`author = ${actor}`} and ${isLater(query, 0, sql`number`)}
      order by at desc, number desc limit ${query.limit + 1})`,
  ]
}

function eventBranch(query: CheckedAuditQuery): RawBuilder<unknown>[] {
  const wanted = query.actions?.filter((action) => EVENT_ACTIONS.some((known) => known === action))
  if (wanted?.length === 0) return []
  const done = wanted ? sql`${oneOf(wanted)}` : sql`true`
  const known = query.actor === 'operator' ? sql`action <> 'failedSignIn'` : sql`true`
  return [
    sql`(select 'event' as source, 1 as rank, id, at, actor, null::text as author, action, module, record_id, null::int as version,
        null::jsonb as changes, subject, details
      from audit_events where ${inTime(query)} and ${isBy(query)} and ${known} and ${isOf(query)} and ${done} and ${isLater(query, 1, sql`id`)}
      order by at desc, id desc limit ${query.limit + 1})`,
  ]
}

/** These two are the many; the others have an index of their own. */
const USUAL: readonly string[] = ['create', 'update']

function changeBranch(query: CheckedAuditQuery): RawBuilder<unknown>[] {
  const wanted = query.actions?.filter((action) => RECORD_ACTIONS.some((known) => known === action))
  if (wanted?.length === 0) return []
  const rare = wanted?.some((action) => USUAL.includes(action)) === false
  const done = [
    ...(rare ? [sql`action not in ('create', 'update')`] : []),
    wanted ? oneOf(wanted) : sql`action = any(${[...RECORD_ACTIONS]}::text[])`,
  ]
  return [
    sql`(select 'change' as source, 2 as rank, id, at, actor, null::text as author, action, module, record_id, version, changes,
        null::text as subject, '{}'::jsonb as details
      from history where ${inTime(query)} and ${isBy(query)} and ${isOf(query)} and ${sql.join(done, sql` and `)} and ${isLater(query, 2, sql`id`)}
      order by at desc, id desc limit ${query.limit + 1})`,
  ]
}

function oneOf(actions: readonly string[]): RawBuilder<unknown> {
  return actions.length === 1 ? sql`action = ${actions[0]}::text` : sql`action = any(${[...actions]}::text[])`
}

function inTime({ from, to }: CheckedAuditQuery): RawBuilder<unknown> {
  const begins = from ? sql`at >= ${from.toISOString()}::timestamptz` : sql`true`
  return to ? sql`${begins} and at < ${to.toISOString()}::timestamptz` : begins
}

function isBy({ actor }: CheckedAuditQuery): RawBuilder<unknown> {
  if (actor === undefined) return sql`true`
  if (actor === 'operator') return sql`actor is null`
  return sql`actor = (select id from owners where kind = 'user' and key = ${actor.slice('user:'.length)})`
}

function isOf({ module, record }: CheckedAuditQuery): RawBuilder<unknown> {
  const inModule = module === undefined ? sql`true` : sql`module = ${module}`
  return record === undefined ? inModule : sql`${inModule} and record_id = ${record}::uuid`
}

/** What comes after the page before: of one moment the higher rank goes before the lower. */
function isLater({ after }: CheckedAuditQuery, rank: number, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (!after) return sql`true`
  const moment = sql`(timestamptz 'epoch' + ${after.at}::bigint * interval '1 microsecond')`
  if (rank < after.rank) return sql`at <= ${moment}`
  if (rank > after.rank) return sql`at < ${moment}`
  return sql`(at, ${id}) < (${moment}, ${after.id}::bigint)`
}
