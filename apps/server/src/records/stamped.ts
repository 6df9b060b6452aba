import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { requireStillAdmitted } from '../people/admission.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { Problem, unavailable } from '../problem.ts'
import { KeptPlans } from './kept-plans.ts'
import type { Executor, RecordsParts } from './parts.ts'

/** What a question to the database is made of: who asks, the policy it is answered by, and where the tables are. */
export interface Reading {
  readonly actor: Actor
  readonly snapshot: Snapshot
  /** Epoch ms. */
  readonly now: number
  readonly database: Executor
}

/** A kept plan met a column whose type changed since. */
const PLAN_OUTLIVED = '0A000'

/** Tries before giving up where policies change faster than a statement runs, or writers keep colliding. */
const TRIES = 20

/** The statement found a policy newer than the one it was made from. */
export class PolicyMoved extends Error {
  readonly stamp: number
  constructor(stamp: number) {
    super('The policy moved')
    this.stamp = stamp
  }
}

/**
 * Runs a unit of work against one policy, and again where that policy turns out stale or a concurrent writer came first. A refusal is
 * believed only once the policy behind it is known to be in force, and so is who was let in.
 * @throws Problem 401 or 403 for whom the policy doesn't admit, 503 where it doesn't come through.
 */
export async function withSnapshot<Result>(
  parts: RecordsParts,
  actor: Actor,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result> {
  let snapshot = parts.policies.held(actor.organization) ?? (await parts.policies.current(actor.organization))
  for (let tries = 0; tries < TRIES; tries++) {
    const reading = {
      actor,
      snapshot,
      now: actor.asking.now,
      database: parts.database.organization(actor.organization),
    }
    try {
      const renewing = requireStillAdmitted(snapshot, actor)
      if (renewing) await renewing
      const result = await work(reading)
      actor.admission?.confirm()
      return result
    } catch (error) {
      const newer = await newerStamp(reading, error)
      if (newer !== undefined) snapshot = await parts.policies.refresh(actor.organization, newer)
      else if (isCollision(error)) await pause(tries)
      else throw error
    }
  }
  throw unavailable('Too many changes at once; nothing was done.', 1)
}

async function newerStamp(reading: Reading, error: unknown): Promise<number | undefined> {
  if (error instanceof PolicyMoved) return error.stamp
  if (!(error instanceof Problem) && !areTablesChanged(error)) return undefined
  const stamp = await currentStamp(reading.database)
  if (stamp !== reading.snapshot.stamp) return stamp
  reading.actor.admission?.confirm()
  return undefined
}

async function currentStamp(database: Executor): Promise<number> {
  const row = await database.selectFrom('head').select('stamp').executeTakeFirstOrThrow()
  return row.stamp
}

/** @throws PolicyMoved where another policy is in force by now than the one that is read by */
export async function requireStamp({ database, snapshot }: Reading): Promise<void> {
  const stamp = await currentStamp(database)
  if (stamp !== snapshot.stamp) throw new PolicyMoved(stamp)
}

function pause(tries: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2 ** Math.min(tries, 7)))
}

/** A serialization failure or a deadlock: somebody else came first, and doing it again is right. */
export function isCollision(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

/** A module or field dropped since the policy was read. */
function areTablesChanged(error: unknown): boolean {
  const code = codeOf(error)
  return code === '42P01' || code === '42703'
}

export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

interface Stamped {
  readonly stamp: number
}

/** Whether the database should keep the statement's plan: right where a key says which row it is, wrong where the plan depends on values. */
export interface StatementOptions {
  /** Where it is a function, it is asked once the statement is built. */
  readonly keepPlan?: boolean | (() => boolean)
}

/**
 * One statement that reads under a policy: `build` makes the select, and under a stale policy its rows count for nothing. Rows whose
 * `id` is null are the empty answer.
 */
export async function stampedRows<Row>(
  parts: RecordsParts,
  actor: Actor,
  build: (reading: Reading) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>,
  { keepPlan = false }: StatementOptions = {},
): Promise<{ rows: Row[]; reading: Reading }> {
  return withSnapshot(parts, actor, async (reading) => {
    const statement = await build(reading)
    const { sql: text, parameters } = sql`
      select s.stamp, r.* from head s left join lateral (${statement}) r on s.stamp = ${reading.snapshot.stamp}::bigint
    `.compile(reading.database)
    const kept = typeof keepPlan === 'function' ? keepPlan() : keepPlan
    const rows = await runStatement<Row & Stamped>(parts, actor, { text, values: [...parameters] }, kept)
    const stamp = rows[0]?.stamp
    if (stamp !== reading.snapshot.stamp) throw new PolicyMoved(stamp ?? -1)
    return { rows, reading }
  })
}

/**
 * Whether the database keeps a statement's plan: `asked` for texts whose shape whoever asks makes up, which share a part of the room, so
 * that nobody's many questions take it from everybody else's.
 */
export type KeepPlan = boolean | 'asked'

interface PlansOfOrganization {
  readonly own: KeptPlans
  readonly asked: KeptPlans
}

/** By organization, whose connections are its own. */
const keptPlans = new WeakMap<RecordsParts['database'], Map<string, PlansOfOrganization>>()
/** Few, and soon given up for others: questions come and go. */
const ASKED_PLANS = { most: 60, unusedFor: 4_000 }
/** Beyond it counting begins anew: some hundreds of kilobytes each, where an organization asks much. */
const MOST_ORGANIZATIONS = 500

function keptPlansOf({ database }: RecordsParts, { organization }: Actor): PlansOfOrganization {
  const byOrganization = keptPlans.get(database) ?? new Map<string, PlansOfOrganization>()
  keptPlans.set(database, byOrganization)
  const known = byOrganization.get(organization.role)
  if (known) return known
  if (byOrganization.size >= MOST_ORGANIZATIONS) byOrganization.clear()
  const made = { own: new KeptPlans(), asked: new KeptPlans(ASKED_PLANS) }
  byOrganization.set(organization.role, made)
  return made
}

export async function runStatement<Row>(
  parts: RecordsParts,
  actor: Actor,
  statement: { readonly text: string; readonly values: readonly unknown[] },
  keepPlan: KeepPlan,
): Promise<Row[]> {
  const { database } = parts
  const { organization } = actor
  const { own, asked } = keptPlansOf(parts, actor)
  const plans = keepPlan === 'asked' ? asked : own
  const name = keepPlan ? plans.nameOf(statement.text) : undefined
  try {
    return await database.run<Row>(organization, { ...statement, name })
  } catch (error) {
    if (name === undefined || codeOf(error) !== PLAN_OUTLIVED) throw error
    plans.giveUp(statement.text)
    return database.run<Row>(organization, statement)
  }
}

/**
 * A transaction under one policy: the policy can't change before it commits, and a record that somebody else changes meanwhile makes
 * it run again.
 */
export async function inTransaction<Result>(
  parts: RecordsParts,
  actor: Actor,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result> {
  return withSnapshot(parts, actor, (reading) =>
    reading.database
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (transaction) => {
        await requireInForce(transaction, reading.snapshot)
        return work({ ...reading, database: transaction })
      }),
  )
}

/** Holds the policy until the transaction ends: nobody changes it before. @throws PolicyMoved where it is another by now. */
export async function requireInForce(transaction: Executor, snapshot: Snapshot): Promise<void> {
  const row = await transaction.selectFrom('head').select('stamp').forShare().executeTakeFirstOrThrow()
  if (row.stamp !== snapshot.stamp) throw new PolicyMoved(row.stamp)
}
