import type { Policy } from '@bailiwick/access'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { isConflict, retryOnConflict } from '../../db/retry.ts'
import type { ControlTables, OrganizationTables } from '../../db/tables.ts'
import type { JobKind, RunningJob } from '../../jobs/job.ts'
import { ORDER_INDEXES } from '../../modules/columns.ts'
import type { LivePolicies } from '../../policy/live-policy.ts'
import { codeOf } from '../stamped.ts'
import { dropOrderStatements, makeOrderStatements } from './order-statements.ts'
import { type AskedOrder, type StandingOrder, sortOutOrders, UNASKED_FOR, type WantedOrder } from './sort-out-orders.ts'

/** The kind of job that makes indexes for the orders that lists are asked for in, and takes away those that nobody asks for any more. */
export const INDEX_ORDERS = 'index-orders'

export interface OrderParts {
  readonly database: Pick<Database, 'owner' | 'organization'>
  readonly policies: Pick<LivePolicies, 'confirm'>
}

/** Milliseconds to wait for whoever holds the records; meanwhile a change of the module's tables waits for this. */
const PATIENCE = 5_000

/** What is made is seen by what is left: ended midway, it goes on where it stopped. */
export function indexOrdersJob(parts: OrderParts, patience: number = PATIENCE): JobKind {
  return { kind: INDEX_ORDERS, run: (job) => alone(parts, job, patience, (owner) => indexAll(parts, owner, job)) }
}

/** Of one organization one at a time, wherever it runs: what isn't ready yet looks to others as if it had failed. */
async function alone(
  { database }: OrderParts,
  { organization }: RunningJob,
  patience: number,
  work: (owner: Kysely<ControlTables>) => Promise<void>,
): Promise<void> {
  await database.owner.connection().execute(async (owner) => {
    const lock = sql`hashtextextended(${`${INDEX_ORDERS} ${organization.id}`}, 0)`
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${lock}) as held`.execute(owner)
    if (!rows[0]?.held) return
    try {
      await sql`select set_config('lock_timeout', ${`${patience}ms`}, false)`.execute(owner)
      await work(owner)
    } finally {
      await sql`reset lock_timeout`.execute(owner)
      await sql`select pg_advisory_unlock(${lock})`.execute(owner)
    }
  })
}

async function indexAll(parts: OrderParts, owner: Kysely<ControlTables>, job: RunningJob): Promise<void> {
  const database = parts.database.organization(job.organization)
  const { schema } = job.organization
  await retryOnConflict(() =>
    sql`delete from asked_orders where asked_at < clock_timestamp() - ${UNASKED_FOR.ended} * interval '1 ms'`.execute(
      database,
    ),
  )
  const isDone = async (statements: readonly RawBuilder<unknown>[]) => {
    job.goOn()
    return isMade(owner, statements)
  }
  const tried = new Set<string>()
  for (;;) {
    // Under the policy as it is now: a field may have become another while the last index was made.
    const { policy } = await parts.policies.confirm(job.organization)
    const { make, drop } = await findWork(database, schema, policy)
    for (const name of drop) if (!(await isDone(dropOrderStatements(schema, name)))) return
    const next = make.find(({ name }) => !tried.has(name))
    if (!next) return
    await job.save({ done: tried.size, total: tried.size + make.length })
    tried.add(next.name)
    if (!(await makeOrder(database, next, schema, isDone))) return
  }
}

/** @returns whether to go on: where somebody holds the records for long, it is left for another time */
async function makeOrder(
  database: Kysely<OrganizationTables>,
  { name, asked: { module, sort }, keys }: WantedOrder,
  schema: string,
  isDone: (statements: readonly RawBuilder<unknown>[]) => Promise<boolean>,
): Promise<boolean> {
  try {
    if (await isDone(makeOrderStatements(schema, module, keys))) return true
  } catch (error) {
    if (codeOf(error) !== TOO_LONG_FOR_INDEX) throw error
    const unfit = database.updateTable('asked_orders').set({ is_unfit: true })
    await retryOnConflict(() => unfit.where('module', '=', module).where('sort', '=', sort).execute())
    return isDone(dropOrderStatements(schema, name))
  }
  // What was begun is written by whoever writes a record, and helps nobody.
  await isDone(dropOrderStatements(schema, name))
  return false
}

const TOO_LONG_FOR_INDEX = '54000'
const LOCK_NOT_AVAILABLE = '55P03'
/** A module or field that was dropped meanwhile. */
const GONE = new Set<unknown>(['42P01', '42703'])

/** @returns whether the statements went through; not where others were in their way. @throws whatever else is wrong */
async function isMade(owner: Kysely<ControlTables>, statements: readonly RawBuilder<unknown>[]): Promise<boolean> {
  try {
    for (const statement of statements) await statement.execute(owner)
    return true
  } catch (error) {
    if (codeOf(error) === LOCK_NOT_AVAILABLE || isConflict(error) || GONE.has(codeOf(error))) return false
    throw error
  }
}

async function findWork(database: Kysely<OrganizationTables>, schema: string, policy: Policy) {
  const asked = await sql<AskedOrder>`
    select module, sort, is_unfit as "isUnfit",
      (extract(epoch from clock_timestamp() - asked_at) * 1000)::float8 as "unaskedFor"
    from asked_orders`.execute(database)
  const standing = await sql<StandingOrder>`
    select class.relname as name, pg_index.indisvalid as "isWhole"
    from pg_index join pg_class as class on class.oid = pg_index.indexrelid
    where class.relnamespace = ${schema}::regnamespace and starts_with(class.relname, ${ORDER_INDEXES})`.execute(
    database,
  )
  return sortOutOrders(policy, asked.rows, standing.rows)
}
