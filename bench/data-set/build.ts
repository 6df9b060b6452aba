import type { ClientConfig } from 'pg'
import type { Cast } from '../../apps/server/src/benchmark/cast.ts'
import { loadBenchmark } from '../../apps/server/src/benchmark/load-benchmark.ts'
import type { Shape } from '../../apps/server/src/benchmark/shape.ts'
import { compose, type Program } from '../../apps/server/src/compose.ts'
import { readConfig } from '../../apps/server/src/config.ts'
import { createOrganization } from '../../apps/server/src/organizations/create-organization.ts'
import { findOrganization } from '../../apps/server/src/organizations/find-organization.ts'
import { issueApiKey } from '../../apps/server/src/organizations/issue-api-key.ts'
import type { OrganizationPlace } from '../../apps/server/src/policy/live-policy.ts'
import { readFactsForPolicy } from '../../apps/server/src/records/policy-ports.ts'
import { runAsOwner } from './run-as-owner.ts'

export const SLUG = 'bench'

/** What a run needs to know of a data set that is there. */
export interface DataSet {
  readonly shape: Shape
  readonly organization: OrganizationPlace
  readonly cast: Cast
  /** API keys by user. */
  readonly keys: Readonly<Record<string, string>>
}

export interface Place {
  /** The login role's way to the database. */
  readonly address: ClientConfig
  readonly databaseUrl: string
  /** Holds the master key. */
  readonly folder: string
}

type Say = (line: string) => void

/** Makes the whole data set in an empty database, as `bailiwick bench-load` does. */
export async function buildDataSet(place: Place, shape: Shape, say: Say): Promise<DataSet> {
  const config = readConfig(
    { DATABASE_URL: place.databaseUrl, BAILIWICK_DATA: place.folder, BAILIWICK_LOG: 'silent' },
    place.folder,
  )
  const program = await compose(config)
  try {
    const organization = await foundCompany(program)
    const cast = await inHaste(place, () => load(program, organization, shape, say))
    const keys = await makeKeys(program, organization, cast)
    await settle(place, organization)
    return { shape, organization, cast, keys }
  } finally {
    await program.close()
  }
}

async function foundCompany({ parts }: Program): Promise<OrganizationPlace> {
  await createOrganization(parts, { slug: SLUG, adminEmail: 'admin@bench.example' })
  const organization = await findOrganization(parts.database.control, SLUG)
  if (!organization) throw new Error('The organization was not made.')
  return organization
}

const SAID_EVERY = 250_000

async function load({ parts }: Program, organization: OrganizationPlace, shape: Shape, say: Say): Promise<Cast> {
  const began = performance.now()
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
  const onRows = (done: number, total: number) => {
    if (done % SAID_EVERY === 0 || done === total) say(`${done} of ${total} rows, ${seconds()}`)
  }
  const { cast, people } = await loadBenchmark({ ...parts, readFacts: readFactsForPolicy }, organization, shape, onRows)
  say(`${people} people and their records loaded, ${seconds()}`)
  return cast
}

/** What would be lost in a power cut is made anew, so nothing need be safe before the whole is. */
const HASTE = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', max_wal_size: '16GB' }

async function inHaste<Result>({ address }: Place, work: () => Promise<Result>): Promise<Result> {
  const names = Object.entries(HASTE)
  const reload = 'select pg_reload_conf()'
  await runAsOwner(address, 'public', [
    ...names.map(([name, value]) => `alter system set ${name} = '${value}'`),
    reload,
  ])
  const result = await work()
  await runAsOwner(address, 'public', [...names.map(([name]) => `alter system reset ${name}`), reload])
  return result
}

async function makeKeys({ parts }: Program, organization: OrganizationPlace, cast: Cast) {
  const keys: Record<string, string> = {}
  for (const user of new Set(Object.values(cast))) keys[user] = await issueApiKey(parts, organization, user, 'bench')
  return keys
}

/** Waits for the jobs that loading has set off, then leaves the tables as they are after a quiet night. */
async function settle({ address }: Place, { schema }: OrganizationPlace): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const query = `select id from jobs where state in ('queued', 'running')`
    if ((await runAsOwner(address, schema, [query])).length === 0) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  await runAsOwner(address, schema, ['vacuum analyze', 'checkpoint'])
}
