import type { PolicyDocument } from '@bailiwick/access'
import { Client, type ClientConfig } from 'pg'
import { type Cast, chooseCast } from '../../apps/server/src/benchmark/cast.ts'
import { makeDocument } from '../../apps/server/src/benchmark/document.ts'
import { assignOwners } from '../../apps/server/src/benchmark/ownership.ts'
import { makeStaff, type Staff } from '../../apps/server/src/benchmark/people.ts'
import { accountId, dealId, type MadeRecord, makeAccounts, makeDeals } from '../../apps/server/src/benchmark/records.ts'
import type { Shape } from '../../apps/server/src/benchmark/shape.ts'
import { type MadeShares, makeShares } from '../../apps/server/src/benchmark/shares.ts'
import { compose, type Program } from '../../apps/server/src/compose.ts'
import { readConfig } from '../../apps/server/src/config.ts'
import { fieldColumn, recordTable } from '../../apps/server/src/modules/columns.ts'
import { createOrganization } from '../../apps/server/src/organizations/create-organization.ts'
import { findOrganization } from '../../apps/server/src/organizations/find-organization.ts'
import { issueApiKey } from '../../apps/server/src/organizations/issue-api-key.ts'
import { applyPolicy } from '../../apps/server/src/policy/apply-policy.ts'
import type { OrganizationPlace } from '../../apps/server/src/policy/live-policy.ts'
import { readFactsForPolicy } from '../../apps/server/src/records/policy-ports.ts'
import { type Cell, loadTable } from './load-rows.ts'

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

/** Makes the whole data set in an empty database: policy by an apply, records and shares by COPY. */
export async function buildDataSet(place: Place, shape: Shape, say: Say): Promise<DataSet> {
  const staff = makeStaff(shape)
  const ownership = assignOwners(shape, staff)
  const cast = chooseCast(shape, staff, ownership)
  const config = readConfig(
    { DATABASE_URL: place.databaseUrl, BAILIWICK_DATA: place.folder, BAILIWICK_LOG: 'silent' },
    place.folder,
  )
  const program = await compose(config)
  try {
    const organization = await foundCompany(program, makeDocument(shape, staff), say)
    await inHaste(place, () => loadRecords(place, organization, { shape, staff, cast, ownership }, say))
    const keys = await makeKeys(program, organization, cast)
    await settle(place, organization)
    return { shape, organization, cast, keys }
  } finally {
    await program.close()
  }
}

async function foundCompany({ parts }: Program, input: PolicyDocument, say: Say): Promise<OrganizationPlace> {
  await createOrganization(parts, { slug: SLUG, adminEmail: 'admin@bench.example' })
  const organization = await findOrganization(parts.database.control, SLUG)
  if (!organization) throw new Error('The organization was not made.')
  const began = performance.now()
  const ports = { ...parts, readFacts: readFactsForPolicy }
  await applyPolicy(parts.database, { organization, input, author: 'operator', now: parts.now() }, ports)
  say(`policy of ${Object.keys(input.users ?? {}).length} people applied, ${secondsSince(began)}`)
  return organization
}

/** What would be lost in a power cut is made anew, so nothing need be safe before the whole is. */
const HASTE = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', max_wal_size: '16GB' }

async function inHaste({ address }: Place, work: () => Promise<void>): Promise<void> {
  const names = Object.entries(HASTE)
  const reload = 'select pg_reload_conf()'
  await runAsOwner(address, 'public', [
    ...names.map(([name, value]) => `alter system set ${name} = '${value}'`),
    reload,
  ])
  await work()
  await runAsOwner(address, 'public', [...names.map(([name]) => `alter system reset ${name}`), reload])
}

interface Made {
  readonly shape: Shape
  readonly staff: Staff
  readonly cast: Cast
  readonly ownership: ReturnType<typeof assignOwners>
}

async function loadRecords(place: Place, { schema }: OrganizationPlace, made: Made, say: Say): Promise<void> {
  const { shape, staff, cast, ownership } = made
  const ownerIds = await readOwnerIds(place, schema, staff)
  const accountShares = makeShares(shape, staff, cast, 'accounts')
  const dealShares = makeShares(shape, staff, cast, 'deals')
  const load = async (
    module: 'accounts' | 'deals',
    records: Iterable<MadeRecord>,
    shares: MadeShares,
    after?: Promise<unknown>,
  ) => {
    const began = performance.now()
    const fields = module === 'accounts' ? ACCOUNT_FIELDS : DEAL_FIELDS
    const columns = [...FRAME_COLUMNS, ...fields.map(fieldColumn)]
    const rows = rowsOf(records, fields, ownerIds, shares)
    const onRows = (done: number) => {
      if (done % 250_000 === 0) say(`${module}: ${done} of ${shape[module]} rows, ${secondsSince(began)}`)
    }
    await loadTable(place.address, schema, { table: recordTable(module), columns, rows, onRows, after })
    say(`${module}: ${shape[module]} rows with their indexes, ${secondsSince(began)}`)
  }
  const accounts = load('accounts', makeAccounts(shape, staff, ownership), accountShares)
  await Promise.all([accounts, load('deals', makeDeals(shape, staff, ownership), dealShares, accounts)])
  const rows = [
    ...shareRows(accountShares, 'accounts', (index) => accountId(shape, index)),
    ...shareRows(dealShares, 'deals', (index) => dealId(shape, index)),
  ]
  await loadTable(place.address, schema, { table: 'shares', columns: SHARE_COLUMNS, rows })
  say(`${rows.length} shares by hand`)
}

const FRAME_COLUMNS = [
  ...['id', 'owner_id', 'confidential', 'created_at', 'created_by'],
  ...['updated_at', 'updated_by', 'version', 'shares_count'],
]
const ACCOUNT_FIELDS = [
  ...['name', 'accountNumber', 'type', 'industry', 'country', 'phone', 'email'],
  ...['website', 'revenue', 'employees', 'billingCity'],
]
const DEAL_FIELDS = ['name', 'stage', 'amount', 'probability', 'type', 'closeDate', 'nextStep', 'account']
const SHARE_COLUMNS = ['record_id', 'module', 'grantee', 'level', 'expires_at', 'created_at']

function* rowsOf(
  records: Iterable<MadeRecord>,
  fields: readonly string[],
  ownerIds: readonly number[],
  shares: MadeShares,
): Generator<readonly Cell[]> {
  let index = 0
  for (const { id, owner, confidential, created, updated, values } of records) {
    const ownerId = ownerIds[owner]!
    const times = [new Date(created).toISOString(), ownerId, new Date(updated).toISOString(), ownerId]
    const frame = [id, ownerId, confidential, ...times, 1, shares.get(index)?.length ?? 0]
    yield [...frame, ...fields.map((field) => values[field] ?? null)]
    index += 1
  }
}

function shareRows(shares: MadeShares, module: string, idOf: (index: number) => string): Cell[][] {
  return [...shares].flatMap(([index, some]) =>
    some.map(({ grantee, level, expires }) => [idOf(index), module, grantee, level, expires, '2025-12-31T00:00:00Z']),
  )
}

/** Owners' numbers in the order of `Ownership`: people, then teams. */
async function readOwnerIds({ address }: Place, schema: string, { people, teams }: Staff): Promise<number[]> {
  const rows = await runAsOwner<{ id: number; name: string }>(address, schema, [
    `select id, kind || ':' || key as name from owners`,
  ])
  const ids = new Map(rows.map(({ id, name }) => [name, id]))
  const names = [...people.map(({ key }) => `user:${key}`), ...Object.keys(teams).map((key) => `team:${key}`)]
  return names.map((name) => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`${name} is no owner`)
    return id
  })
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

/** Runs statements one after the other on a connection of their own. @returns the rows of the last */
export async function runAsOwner<Row extends object>(
  address: ClientConfig,
  schema: string,
  statements: readonly string[],
): Promise<Row[]> {
  const client = new Client({ ...address, options: `-c search_path=${schema}` })
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

function secondsSince(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`
}
