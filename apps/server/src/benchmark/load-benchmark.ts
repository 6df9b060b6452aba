import type { PolicyDocument } from '@bailiwick/access'
import type { LentConnection } from '../db/connection-pool.ts'
import type { Database } from '../db/database.ts'
import { applyPolicy } from '../policy/apply-policy.ts'
import type { ExaminingParts } from '../policy/examine-policy.ts'
import type { LivePolicies, OrganizationPlace } from '../policy/live-policy.ts'
import { problem } from '../problem.ts'
import { analyzeKept, copyRecords, copyShares, countKept } from '../records/copy-records.ts'
import { type Cast, chooseCast } from './cast.ts'
import { makeDocument } from './document.ts'
import { assignOwners } from './ownership.ts'
import { makeStaff, type Staff } from './people.ts'
import type { Shape } from './shape.ts'
import { type Made, tablesOf } from './tables.ts'

export interface BenchmarkParts extends ExaminingParts {
  readonly database: Database
  readonly policies: LivePolicies
  /** Epoch milliseconds. */
  now(): number
}

/** What was loaded, and which user plays which part. */
export interface LoadedBenchmark {
  readonly accounts: number
  readonly deals: number
  readonly people: number
  readonly cast: Cast
}

/** Told now and then, with rows; what it throws ends the work, and nothing of the records is kept. */
export type OnRows = (done: number, total: number) => Promise<void> | void

/**
 * Loads the benchmark's company into an organization that has no accounts and deals yet: its people and rules join the policy by an
 * ordinary apply, its records go into the tables in one transaction, during which nobody else reads them.
 * @throws Problem 409 where the organization has accounts or deals
 */
export async function loadBenchmark(
  parts: BenchmarkParts,
  organization: OrganizationPlace,
  shape: Shape,
  onRows?: OnRows,
): Promise<LoadedBenchmark> {
  const staff = makeStaff(shape)
  const ownership = assignOwners(shape, staff)
  const cast = chooseCast(shape, staff, ownership)
  await withOwner(parts, organization, requireEmpty)
  await joinPolicy(parts, organization, makeDocument(shape, staff))
  await withOwner(parts, organization, async (connection) => {
    await connection.query("set local maintenance_work_mem = '512MB'")
    await requireEmpty(connection)
    const ownerIds = await readOwnerIds(connection, staff)
    await copyAll(connection, organization, { shape, staff, guest: cast.guest, ownership, ownerIds }, onRows)
  })
  await withOwner(parts, organization, (connection) => analyzeKept(connection, MODULES))
  return loaded(shape, cast)
}

/** Whether all of the company's records are there: what a load that was broken off behind its end comes to. */
export async function findLoaded(
  parts: BenchmarkParts,
  organization: OrganizationPlace,
  shape: Shape,
): Promise<LoadedBenchmark | undefined> {
  const [accounts, deals] = await withOwner(parts, organization, countRecords)
  if (accounts !== shape.accounts || deals !== shape.deals) return undefined
  const staff = makeStaff(shape)
  return loaded(shape, chooseCast(shape, staff, assignOwners(shape, staff)))
}

function loaded({ accounts, deals, users }: Shape, cast: Cast): LoadedBenchmark {
  return { accounts, deals, people: users, cast }
}

const MODULES = ['accounts', 'deals']

async function countRecords(connection: LentConnection): Promise<readonly [number, number]> {
  return [await countKept(connection, 'accounts'), await countKept(connection, 'deals')]
}

async function requireEmpty(connection: LentConnection): Promise<void> {
  const [accounts, deals] = await countRecords(connection)
  if (accounts + deals === 0) return
  throw problem(
    409,
    'conflict',
    `The organization has ${accounts} accounts and ${deals} deals (the recycle bin's included). The benchmark's records go only into one that has none: make a new organization for it.`,
  )
}

/** The company's people, roles, teams, groups and rules beside what the policy has. */
async function joinPolicy(parts: BenchmarkParts, organization: OrganizationPlace, made: PolicyDocument): Promise<void> {
  const { document } = await parts.policies.confirm(organization)
  const input: PolicyDocument = {
    bailiwick: 1,
    roles: { ...document.roles, ...made.roles },
    profiles: { ...document.profiles, ...made.profiles },
    users: { ...made.users, ...document.users },
    teams: { ...document.teams, ...made.teams },
    groups: { ...document.groups, ...made.groups },
    sharingRules: { ...document.sharingRules, ...made.sharingRules },
  }
  const reason = 'The benchmark’s company was loaded.'
  await applyPolicy(
    parts.database,
    { organization, input, author: 'operator', withoutApproval: true, reason, now: parts.now() },
    parts,
  )
  parts.policies.forget(organization)
}

async function copyAll(
  connection: LentConnection,
  { schema }: OrganizationPlace,
  made: Made,
  onRows: OnRows = () => {},
): Promise<void> {
  const { records, shares } = tablesOf(made)
  const total = made.shape.accounts + made.shape.deals
  let before = 0
  for (const table of records) {
    let here = 0
    await copyRecords(connection, schema, table, async (done) => {
      here = done
      if (done % TELL_EVERY === 0) await onRows(before + done, total)
    })
    before += here
    await onRows(before, total)
  }
  await copyShares(connection, schema, shares)
}

const TELL_EVERY = 10_000

async function readOwnerIds(connection: LentConnection, { people, teams }: Staff): Promise<number[]> {
  const { rows } = await connection.query<{ id: number; name: string }>(
    `select id, kind || ':' || key as name from owners`,
  )
  const ids = new Map(rows.map(({ id, name }) => [name, id]))
  const names = [...people.map(({ key }) => `user:${key}`), ...Object.keys(teams).map((key) => `team:${key}`)]
  return names.map((name) => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`${name} is no owner`)
    return id
  })
}

/** A transaction of the login role in the organization's schema. */
async function withOwner<Result>(
  { database }: BenchmarkParts,
  { schema }: OrganizationPlace,
  work: (connection: LentConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await database.connectOwner()
  try {
    await connection.query('begin')
    await connection.query("select set_config('search_path', quote_ident($1), true)", [schema])
    const result = await work(connection)
    await connection.query('commit')
    connection.release()
    return result
  } catch (error) {
    // What was begun ends with its connection.
    connection.release(true)
    throw error
  }
}
