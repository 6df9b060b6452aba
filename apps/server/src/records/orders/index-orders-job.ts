import type { Policy } from '@bailiwick/access'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { isConflict, retryOnConflict } from '../../db/retry.ts'
import type { ControlTables, OrganizationTables } from '../../db/tables.ts'
import type { JobKind, RunningJob } from '../../jobs/job.ts'
import { ORDER_INDEXES, RULE_INDEXES } from '../../modules/columns.ts'
import type { LivePolicies } from '../../policy/live-policy.ts'
import { INDEX_RECORDS } from '../../policy/own-jobs.ts'
import { unavailable } from '../../problem.ts'
import { codeOf } from '../stamped.ts'
import { dropIndexStatements, makeOrderStatements, makeRuleStatements } from './order-statements.ts'
import { type AskedOrder, type StandingIndex, sortOutOrders, UNASKED_FOR, type WantedOrder } from './sort-out-orders.ts'
import { sortOutRules, type WantedRuleIndex } from './sort-out-rules.ts'

export interface OrderParts {
  readonly database: Pick<Database, 'owner' | 'organization'>
  readonly policies: Pick<LivePolicies, 'confirm'>
}

/** Milliseconds to wait for whoever holds the records; meanwhile a change of the module's tables waits for this. */
const PATIENCE = 5_000

/** An index at work: of the organization, with what decides whether its statements may be run. */
interface Work {
  readonly database: Kysely<OrganizationTables>
  readonly owner: Kysely<ControlTables>
  readonly schema: string
  readonly patience: number
  readonly goOn: () => void
}

/**
 * Makes the indexes that lists go by and nobody is to wait for: those for sharing rules by values, and for orders that lists are asked for in. Of the
 * orders it takes away those that nobody asks for any more. What is made is seen by what is left: ended midway, it goes on where it stopped.
 */
export function indexOrdersJob(parts: OrderParts, patience: number = PATIENCE): JobKind {
  return {
    kind: INDEX_RECORDS,
    run: (job) =>
      alone(parts, job, patience, (owner) => {
        const { schema } = job.organization
        const database = parts.database.organization(job.organization)
        return indexAll(parts, job, { database, owner, schema, patience, goOn: job.goOn })
      }),
  }
}

/** Of one organization one at a time, wherever it runs: what isn't ready yet looks to others as if it had failed. */
async function alone(
  { database }: OrderParts,
  { organization }: RunningJob,
  patience: number,
  work: (owner: Kysely<ControlTables>) => Promise<void>,
): Promise<void> {
  await database.owner.connection().execute(async (owner) => {
    const lock = sql`hashtextextended(${`${INDEX_RECORDS} ${organization.id}`}, 0)`
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${lock}) as held`.execute(owner)
    // It may have looked for the last time what there is to be made: whoever comes later looks again.
    if (!rows[0]?.held) throw unavailable('Another process makes indexes of this organization.')
    try {
      await sql`select set_config('lock_timeout', ${`${patience}ms`}, false)`.execute(owner)
      await work(owner)
    } finally {
      await sql`reset lock_timeout`.execute(owner)
      await sql`select pg_advisory_unlock(${lock})`.execute(owner)
    }
  })
}

async function indexAll(parts: OrderParts, job: RunningJob, work: Work): Promise<void> {
  await retryOnConflict(() =>
    sql`delete from asked_orders where asked_at < clock_timestamp() - ${UNASKED_FOR.ended} * interval '1 ms'`.execute(
      work.database,
    ),
  )
  const made = new Map<string, string>()
  const tried = new Set<string>()
  for (;;) {
    // Under the policy as it is now: a rule or a field may have become another while the last index was made.
    const { policy } = await parts.policies.confirm(job.organization)
    const { rules, orders, drop } = await findWork(work, policy, made)
    for (const name of drop) {
      if (await isMade(work, dropIndexStatements(work.schema, name))) continue
      if (rules.length > 0) throw heldForLong()
      return
    }
    const rule = rules.find(({ index }) => made.get(index.name) !== index.over)
    const order = orders.find(({ name }) => !tried.has(name))
    if (!rule && !order) return
    const done = made.size + tried.size
    await job.save({ done, total: done + rules.length + orders.length })
    if (rule) {
      await makeForRule(work, rule)
      made.set(rule.index.name, rule.index.over)
    } else if (order) {
      tried.add(order.name)
      if (!(await makeForOrder(work, order))) return
    }
  }
}

/** @throws Problem 503 where somebody holds the records for long: then it is to be tried again soon */
async function makeForRule(work: Work, rule: WantedRuleIndex): Promise<void> {
  // What is made can't be used before those have ended who read what was there before: a long export, say.
  if (await areTransactionsLong(work)) throw heldForLong()
  const drop = () => isMade(work, dropIndexStatements(work.schema, rule.index.name))
  try {
    if (await isMade(work, makeRuleStatements(work.schema, rule))) return
  } catch (error) {
    if (codeOf(error) !== TOO_LONG_FOR_INDEX) throw error
    // No other index waits for one that can't be made; what the rule leads to is found without it.
    if (await drop()) return
    throw heldForLong()
  }
  await drop()
  throw heldForLong()
}

const heldForLong = () => unavailable('The records are held by a long task.')

async function areTransactionsLong({ owner, patience }: Work): Promise<boolean> {
  const { rows } = await sql<{ readonly are: boolean }>`
    select exists (
      select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and xact_start < clock_timestamp() - ${patience} * interval '1 ms' and backend_type = 'client backend'
    ) as are`.execute(owner)
  return rows[0]!.are
}

/** @returns whether to go on: where somebody holds the records for long, it is left for another time */
async function makeForOrder(work: Work, { name, asked: { module, sort }, keys }: WantedOrder): Promise<boolean> {
  const { database, schema } = work
  try {
    if (await isMade(work, makeOrderStatements(schema, module, keys))) return true
  } catch (error) {
    if (codeOf(error) !== TOO_LONG_FOR_INDEX) throw error
    const unfit = database.updateTable('asked_orders').set({ is_unfit: true })
    await retryOnConflict(() => unfit.where('module', '=', module).where('sort', '=', sort).execute())
    return isMade(work, dropIndexStatements(schema, name))
  }
  // What was begun is written by whoever writes a record, and helps nobody.
  await isMade(work, dropIndexStatements(schema, name))
  return false
}

const TOO_LONG_FOR_INDEX = '54000'
const LOCK_NOT_AVAILABLE = '55P03'
/** A module or field that was dropped meanwhile. */
const GONE = new Set<unknown>(['42P01', '42703'])

/** @returns whether the statements went through; not where others were in their way. @throws whatever else is wrong */
async function isMade({ owner, goOn }: Work, statements: readonly RawBuilder<unknown>[]): Promise<boolean> {
  goOn()
  try {
    for (const statement of statements) await statement.execute(owner)
    return true
  } catch (error) {
    if (codeOf(error) === LOCK_NOT_AVAILABLE || isConflict(error) || GONE.has(codeOf(error))) return false
    throw error
  }
}

async function findWork({ database, schema }: Work, policy: Policy, made: ReadonlyMap<string, string>) {
  const asked = await sql<AskedOrder>`
    select module, sort, is_unfit as "isUnfit",
      (extract(epoch from clock_timestamp() - asked_at) * 1000)::float8 as "unaskedFor"
    from asked_orders`.execute(database)
  const standing = await sql<StandingIndex>`
    select class.relname as name, pg_index.indisvalid as "isWhole"
    from pg_index join pg_class as class on class.oid = pg_index.indexrelid
    where class.relnamespace = ${schema}::regnamespace`.execute(database)
  const named = (beginnings: readonly string[]) =>
    standing.rows.filter(({ name }) => beginnings.some((beginning) => name.startsWith(beginning)))
  const orders = sortOutOrders(policy, asked.rows, named([ORDER_INDEXES]))
  const rules = sortOutRules(policy, named(RULE_INDEXES), made)
  return { rules: rules.make, orders: orders.make, drop: [...rules.drop, ...orders.drop] }
}
