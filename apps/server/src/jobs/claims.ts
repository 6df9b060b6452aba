import { type QueryExecutorProvider, sql } from 'kysely'
import { retryOnConflict } from '../db/retry.ts'
import type { Progress } from './job.ts'
import type { Executor, StoredInput, StoredResult } from './store.ts'
import { storedJson, storedText } from './stored-json.ts'

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
