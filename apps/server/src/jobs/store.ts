import { type Kysely, sql } from 'kysely'
import { type AuditEvent, eventSql } from '../audit/note-event.ts'
import { retryOnConflict } from '../db/retry.ts'
import type { OrganizationTables } from '../db/tables.ts'
import { storedJson } from './stored-json.ts'

export type Executor = Kysely<OrganizationTables>
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

/** The channel on which new jobs are announced; the payload is the organization's id. */
export const JOBS_CHANNEL = 'bailiwick_jobs'

/** What `input` holds: the work's own, and from where whoever started it asked; `by` where that was no user of the organization. */
export interface StoredInput {
  readonly by?: 'operator'
  readonly ip?: string
  readonly of?: unknown
}

/** Whoever started a job: a user by the id that he has as an owner, or the operator. */
export type Starter = number | 'operator'

/** Nobody started the jobs that the program gives itself. */
function isStartedBy(starter: Starter) {
  return starter === 'operator'
    ? sql<boolean>`(actor is null and input ->> 'by' = 'operator')`
    : sql<boolean>`actor = ${starter}`
}

/** What `result` holds, while it runs and after. */
export interface StoredResult {
  /** How often a process ended with the job in its hands, since it last came forward. */
  readonly taken?: number
  readonly saved?: unknown
  readonly of?: unknown
}

export interface JobRow {
  readonly id: string
  readonly kind: string
  readonly state: JobState
  readonly done: number
  readonly total: number | null
  readonly input: StoredInput
  readonly result: StoredResult | null
  readonly error: string | null
  readonly created_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
}

/** What is written together with a new job. */
interface WithJob {
  /** The key that the request came under, and what a repetition of it is answered with. */
  readonly answered?: { readonly key: string; readonly headers: string }
  readonly event?: AuditEvent
}

export async function addJob(
  database: Executor,
  job: { readonly id: string; readonly kind: string; readonly starter: Starter; readonly input: StoredInput },
  organizationId: string,
  { answered, event }: WithJob = {},
): Promise<void> {
  const { id, kind, starter } = job
  const [actor, input] = starter === 'operator' ? [null, { by: starter, ...job.input }] : [starter, job.input]
  await sql`
    with added as (
      insert into jobs (id, kind, actor, created_at, input)
      values (${id}::uuid, ${kind}, ${actor}, clock_timestamp(), ${storedJson(input)}::json) returning id
    ), kept as (
      update idempotency set status = ${ACCEPTED}, headers = ${answered?.headers ?? null}::json
      where actor = ${actor}::int and key = ${answered?.key ?? null}::text and status is null
    )${event ? sql`, noted as (${eventSql(event)})` : sql``} select pg_notify(${JOBS_CHANNEL}, ${organizationId}) from added`.execute(
    database,
  )
}

const ACCEPTED = 202

/** A job of the program's own, which acts for nobody; one of its kind that waits already will do. */
export async function addOwnJob(
  database: Executor,
  { id, kind }: { readonly id: string; readonly kind: string },
  organizationId: string,
): Promise<void> {
  await sql`
    with added as (
      insert into jobs (id, kind, created_at, input)
      select ${id}::uuid, ${kind}, clock_timestamp(), '{}'
      where not exists (select from jobs where kind = ${kind} and state = 'queued') returning id
    ) select pg_notify(${JOBS_CHANNEL}, ${organizationId}) from added`.execute(database)
}

export function findJob(database: Executor, id: string, starter: Starter): Promise<JobRow | undefined> {
  return database
    .selectFrom('jobs')
    .select(['id', 'kind', 'state', 'done', 'total', 'error', 'created_at', 'started_at', 'finished_at'])
    .select([sql<StoredInput>`input`.as('input'), sql<StoredResult | null>`result`.as('result')])
    .where('id', '=', id)
    .where(isStartedBy(starter))
    .executeTakeFirst()
}

/** A job of whoever it is, and who that is. */
export async function findAnyJob(
  database: Executor,
  id: string,
  kind: string,
): Promise<(JobRow & { readonly actor: number | null }) | undefined> {
  const { rows } = await sql<JobRow & { actor: number | null }>`
    select id, kind, state, done, total, error, started_at, finished_at, created_at, input, result, actor from jobs
    where id = ${id}::uuid and kind = ${kind}`.execute(database)
  return rows[0]
}

export interface JobsAsked {
  readonly kind: string
  /** Of the jobs that name one of these modules, and no others. */
  readonly modules: readonly string[]
  readonly limit: number
  /** A job's id: those that were started before it. */
  readonly after?: string
}

/** The person's jobs of a kind, newest first. */
export async function listJobs(database: Executor, starter: number, asked: JobsAsked): Promise<JobRow[]> {
  const { kind, modules, limit, after } = asked
  const older =
    after === undefined
      ? sql``
      : sql`and (created_at, id) < (select created_at, id from jobs where id = ${after}::uuid and actor = ${starter}::int)`
  const { rows } = await sql<JobRow>`
    select id, kind, state, done, total, error, started_at, finished_at, created_at, input, result from jobs
    where actor = ${starter}::int and kind = ${kind} and input -> 'of' ->> 'module' = any(${modules}::text[]) ${older}
    order by created_at desc, id desc limit ${limit}::int`.execute(database)
  return rows
}

export async function isCancelled(database: Executor, id: string): Promise<boolean> {
  const row = await database.selectFrom('jobs').select('state').where('id', '=', id).executeTakeFirst()
  return row?.state === 'cancelled'
}

/**
 * Cancels a job that hasn't ended. Waits for the step that is being written, and then goes by the row as that left it: as an
 * organization's statements usually see the database, each step of a busy job would make it start over.
 */
export async function cancelJob(database: Executor, id: string, starter: Starter): Promise<void> {
  await database
    .transaction()
    .setIsolationLevel('read committed')
    .execute((transaction) =>
      sql`
        update jobs set state = 'cancelled', finished_at = clock_timestamp()
        where id = ${id}::uuid and ${isStartedBy(starter)} and state in ('queued', 'running')`.execute(transaction),
    )
}

/** Drops what an ended job was to do, and keeps whose it is. */
export async function forgetInput(database: Executor, id: string): Promise<void> {
  await retryOnConflict(() =>
    sql`
      update jobs set input = json_strip_nulls(json_build_object('by', input -> 'by', 'ip', input -> 'ip'))
      where id = ${id}::uuid and state in ('done', 'failed', 'cancelled')`.execute(database),
  )
}

/** Ended jobs are told about for this many days. */
const KEPT_DAYS = 30

/** Drops the jobs that ended long ago. */
export async function forgetEnded(database: Executor): Promise<void> {
  await retryOnConflict(() =>
    sql`
      delete from jobs where state in ('done', 'failed', 'cancelled')
        and finished_at < clock_timestamp() - ${KEPT_DAYS} * interval '1 day'`.execute(database),
  )
}
