import { Client, escapeLiteral, type QueryConfig } from 'pg'
import { PARTS, type Part } from '../../apps/server/src/benchmark/cast.ts'
import { connectionConfig } from '../../apps/server/src/db/connection.ts'
import { PLANNING } from '../../apps/server/src/db/connections.ts'
import type { OpenDataSet } from '../data-set/open-data-set.ts'
import type { Shot } from '../load/fire.ts'
import { median } from '../load/median.ts'
import { type BenchModule, barePage, bareRecord } from '../servers/bare-sql.ts'
import { openInProcess } from '../servers/in-process.ts'
import type { SentStatement } from '../servers/listening-in.ts'
import { askedBy, atMostTimes, type Bench, get, type Measurement, post, type Row, readBody } from './row.ts'

/** How much slower than bare SQL a page's statements may be, by how many buckets of owners somebody sees. */
const TIMES: { readonly [part in Part]?: number } = {
  representative: 2,
  scattered: 2,
  guest: 2,
  manager: 2,
  oldManager: 2,
  ruled: 2,
  eight: 2,
  fifty: 6,
  head: 6,
  viewer: 1.05,
}
const BUFFERS = 10
const CHECK = 1.3
const CHECKS = 200
const PER_SECOND = 150_000
const PARTS_MEASURED: readonly Part[] = [
  ...(['representative', 'scattered', 'guest', 'manager', 'oldManager'] as const),
  ...(['ruled', 'eight', 'fifty', 'head', 'viewer'] as const),
]

/** What the database alone takes: the statements that the program really sends, beside bare ones on the same connection. */
export const sqlMeasurements: readonly Measurement[] = [
  { name: 'sql-page-newest', run: (bench) => measurePages(bench, 'newest', 'accounts', PARTS_MEASURED) },
  { name: 'sql-page-by-name', run: (bench) => measurePages(bench, 'name', 'accounts', PARTS_MEASURED) },
  { name: 'sql-page-deals', run: (bench) => measurePages(bench, 'newest', 'deals', ['ruled', 'manager', 'viewer']) },
  { name: 'sql-check', run: measureChecks },
]

interface Table {
  readonly client: Client
  statementsOf(part: Part, shot: Shot): Promise<SentStatement[]>
}

async function withTable(bench: Bench, work: (table: Table) => Promise<Row[]>): Promise<Row[]> {
  const inside = await openInProcess(bench.dataSet.place)
  const client = await connect(bench.dataSet)
  try {
    return await work({
      client,
      statementsOf: async (part, shot) =>
        (await inside.statementsOf(askedBy(bench, part, shot))).filter(isAboutRecords),
    })
  } finally {
    await client.end()
    await inside.close()
  }
}

/** As the program connects for an organization, but for the role. */
async function connect({ place, organization }: OpenDataSet): Promise<Client> {
  const settings = { ...PLANNING, search_path: organization.schema, default_transaction_isolation: 'repeatable read' }
  const client = new Client(connectionConfig(place.address, settings))
  await client.connect()
  return client
}

/** Who asks is asked of another database role, and begin and commit are no statements of their own right. */
function isAboutRecords({ text }: SentStatement): boolean {
  return !/api_keys|^\s*(begin|commit|rollback|start transaction)/i.test(text)
}

async function measurePages(
  bench: Bench,
  sort: 'newest' | 'name',
  module: BenchModule,
  parts: readonly Part[],
): Promise<Row[]> {
  const path = `/api/v1/records/${module}${sort === 'name' ? '?sort=name' : ''}`
  const bare = barePage(module, { sort })
  return withTable(bench, async (table) => {
    const rows: Row[] = []
    for (const part of parts) {
      const sent = await table.statementsOf(part, get(path))
      const took = await timesOf(table.client, sent, [bare], bench.seconds)
      const of = module === 'accounts' ? 'a page' : `a page of ${module}`
      const what = `SQL of ${of}, ${sort === 'name' ? 'by name' : 'newest'}: ${PARTS[part]}`
      const note = `${sent.length} statement${sent.length === 1 ? '' : 's'}${sent.every(({ name }) => name) ? ', prepared' : ''}`
      rows.push(atMostTimes(TIMES[part] ?? 6, { what, unit: 'ms', ...took, note }))
      rows.push(await compareBuffers(table.client, `buffers of the same: ${PARTS[part]}`, sent, [bare]))
    }
    return rows
  })
}

async function measureChecks(bench: Bench): Promise<Row[]> {
  const list = askedBy(bench, 'viewer', get(`/api/v1/records/accounts?fields=name&limit=${CHECKS}`))
  const { items } = readBody<{ items: { id: string }[] }>(await bench.ours.ask(list))
  const asked = { subject: { type: 'user', id: bench.dataSet.cast.manager }, action: { name: 'update' } }
  const resources = items.map(({ id }) => ({ resource: { type: 'accounts', id } }))
  return withTable(bench, async ({ client, statementsOf }) => {
    const one = await statementsOf('manager', post('/access/v1/evaluation', { ...asked, ...resources[0] }))
    const many = await statementsOf('manager', post('/access/v1/evaluations', { ...asked, evaluations: resources }))
    const bare = [bareRecord('accounts', items[0]!.id)]
    const single = await timesOf(client, one, bare, bench.seconds)
    const batch = await timesOf(client, many, bare, bench.seconds)
    const rate = (items.length * 1_000) / batch.ours
    return [
      atMostTimes(CHECK, { what: 'SQL of one check (bare: the record by its key)', unit: 'ms', ...single }),
      {
        what: `SQL of checks, ${items.length} in a statement`,
        unit: '/s',
        ours: rate,
        bar: `≥ ${PER_SECOND.toLocaleString('en')} /s`,
        met: rate >= PER_SECOND,
      },
    ]
  })
}

/** Milliseconds that each takes on one connection, medians, in turns; both ways include the way to the database and back. */
async function timesOf(
  client: Client,
  ours: readonly SentStatement[],
  bare: readonly SentStatement[],
  seconds: number,
) {
  const took: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
  await runAll(client, ours)
  await runAll(client, bare)
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) {
    took.ours.push(await timeOf(() => runAll(client, ours)))
    took.bare.push(await timeOf(() => runAll(client, bare)))
  }
  const [one, other] = [median(took.ours), median(took.bare)]
  return { ours: one, bare: other, ratio: one / other }
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function runAll(client: Client, statements: readonly SentStatement[]): Promise<void> {
  for (const statement of statements) await client.query(queryOf(statement))
}

function queryOf({ text, values, name }: SentStatement): QueryConfig {
  return { text, values: [...values], ...(name !== undefined && { name }) }
}

async function compareBuffers(
  client: Client,
  what: string,
  sent: readonly SentStatement[],
  bare: readonly SentStatement[],
): Promise<Row> {
  const ours = await buffersOf(client, sent)
  const other = await buffersOf(client, bare)
  return atMostTimes(BUFFERS, { what, unit: 'pages', ours, bare: other, ratio: ours / other })
}

/** Pages of 8 kB that the statements touch, by `explain (analyze, buffers)` of the plan that a prepared one would have. */
async function buffersOf(client: Client, statements: readonly SentStatement[]): Promise<number> {
  let sum = 0
  for (const statement of statements) sum += await explainedBuffers(client, statement)
  return sum
}

interface Plan {
  readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number }
}

async function explainedBuffers(client: Client, { text, values, name }: SentStatement): Promise<number> {
  const mode = name === undefined ? 'force_custom_plan' : 'auto'
  await client.query(`set plan_cache_mode = ${mode}`)
  await client.query(`prepare looked_at as ${text}`)
  try {
    const literals = values.map(literalOf).join(', ')
    const execute = `execute looked_at${values.length > 0 ? `(${literals})` : ''}`
    for (let times = 0; times < 6; times++) await client.query(execute)
    const { rows } = await client.query<{ 'QUERY PLAN': Plan[] }>(`explain (analyze, buffers, format json) ${execute}`)
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
    return (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0)
  } finally {
    await client.query('deallocate looked_at')
    await client.query('reset plan_cache_mode')
  }
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return escapeLiteral(`{${value.map(elementOf).join(',')}}`)
  return escapeLiteral(value instanceof Date ? value.toISOString() : String(value))
}

function elementOf(value: unknown): string {
  return value === null ? 'null' : `"${String(value).replace(/[\\"]/g, '\\$&')}"`
}
