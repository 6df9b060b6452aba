import { type Kysely, type QueryExecutorProvider, sql } from 'kysely'
import { type AuditEvent, eventSql } from '../audit/note-event.ts'
import { retryOnConflict } from '../db/retry.ts'
import type { OrganizationTables } from '../db/tables.ts'
import type { Progress } from './job.ts'
import { storedJson, storedText } from './stored-json.ts'

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

export interface ClaimedJob {
  readonly id: string
  readonly kind: string
  readonly actor: number | null
  readonly input: StoredInput
  readonly result: StoredResult | null
  /** When it was claimed: whoever claims it later, claims it at another time, and by that the claims are told apart. */
  readonly started_at: string
  readonly wasRunning: boolean
  readonly done: number
  readonly total: number | null
}

/** A claim that must still hold for the job to be written to. */
export type Claim = Pick<ClaimedJob, 'id' | 'started_at'>

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

/** Work in hand, of which no more is taken: for the same person, or for anybody. */
export interface ClaimedKind {
  readonly kind: string
  readonly actor: number | null
  readonly isForAll: boolean
}

/**
 * Takes the oldest job that waits, or whose process gave no sign of life for `lapse` milliseconds. Jobs in `mine` are in hand here
 * already, and so is other work of which there isn't to be more at once.
 */
export async function claimJob(
  database: Executor,
  lapse: number,
  mine: readonly string[],
  inHand: readonly ClaimedKind[],
): Promise<ClaimedJob | undefined> {
  return retryOnConflict(async () => {
    const { rows } = await sql<ClaimedJob>`
      with next as (
        select id, state from jobs
        where (state = 'queued' or (state = 'running' and alive_at < clock_timestamp() - ${lapse} * interval '1 ms'))
          and id <> all(${mine}::uuid[])
          and not exists (
            select from json_to_recordset(${JSON.stringify(inHand)}::json) as held (kind text, actor int, "isForAll" boolean)
            where held.kind = jobs.kind and ("isForAll" or held.actor is not distinct from jobs.actor)
          )
        order by created_at limit 1 for update skip locked
      )
      update jobs set state = 'running', alive_at = clock_timestamp(), started_at = date_trunc('milliseconds',
        greatest(clock_timestamp(), jobs.started_at + interval '1 ms'))
      from next where jobs.id = next.id
      returning jobs.id, kind, actor, input, result, started_at, next.state = 'running' as "wasRunning", done, total
    `.execute(database)
    return rows[0]
  })
}

/** Whether some other process works on a job here, or did until it ended. */
export async function othersWork(database: Executor, mine: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from jobs where state = 'running' and id <> all(${mine}::uuid[]) limit 1`.execute(database)
  return rows.length > 0
}

function isClaimed({ id, started_at }: Claim) {
  return sql`id = ${id}::uuid and state = 'running' and started_at = ${started_at}::timestamptz`
}

/** Whether the claim holds, and will until the transaction ends. */
export async function holdJob(transaction: QueryExecutorProvider, claim: Claim): Promise<boolean> {
  const { rows } = await sql`select 1 from jobs where ${isClaimed(claim)} for update`.execute(transaction)
  return rows.length > 0
}

/** Writes progress; whether the claim still held. */
export async function saveProgress(
  executor: QueryExecutorProvider,
  claim: Claim,
  { done, total, saved }: Progress,
): Promise<boolean> {
  const result: StoredResult = { saved }
  const { numAffectedRows } = await sql`
    update jobs set done = ${done}, total = coalesce(${total ?? null}::bigint, total),
      result = ${storedJson(result)}::json, alive_at = clock_timestamp()
    where ${isClaimed(claim)}`.execute(executor)
  return numAffectedRows === 1n
}

/** A sign of life; whether the claim still holds. */
export async function beat(database: Executor, claim: Claim): Promise<boolean> {
  return retryOnConflict(async () => {
    const { numAffectedRows } = await sql`
      update jobs set alive_at = clock_timestamp() where ${isClaimed(claim)}`.execute(database)
    return numAffectedRows === 1n
  })
}

/** Counts that a process ended with the job in its hands. */
export async function noteTaken(database: Executor, claim: Claim, result: StoredResult): Promise<void> {
  await retryOnConflict(() =>
    sql`update jobs set result = ${storedJson(result)}::json where ${isClaimed(claim)}`.execute(database),
  )
}

/** Gives the job back, for whoever takes it next. */
export async function releaseJob(database: Executor, claim: Claim): Promise<void> {
  await retryOnConflict(() =>
    sql`update jobs set state = 'queued', alive_at = null where ${isClaimed(claim)}`.execute(database),
  )
}

/** Ends the job, well or not. What was saved stays, for its last figures. */
export async function endJob(
  database: Executor,
  claim: Claim,
  end: { readonly result: unknown } | { readonly error: string },
): Promise<void> {
  const result = 'result' in end ? storedJson({ of: end.result }) : '{}'
  const error = 'error' in end ? storedText(end.error) : null
  await retryOnConflict(() =>
    sql`
      update jobs set state = ${error === null ? 'done' : 'failed'}, finished_at = clock_timestamp(), error = ${error},
        result = (coalesce(result::jsonb, '{}') || ${result}::jsonb)::json
      where ${isClaimed(claim)}`.execute(database),
  )
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
