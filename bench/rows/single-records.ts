import { PARTS, type Part } from '../../apps/server/src/benchmark/cast.ts'
import { ownerIdOf } from '../data-set/owner-ids.ts'
import { runAsOwner } from '../data-set/run-as-owner.ts'
import { duel } from '../load/duel.ts'
import { listen } from '../load/listen.ts'
import { ringOf } from '../load/ring.ts'
import { askedBy, atLeast, type Bench, get, type Measurement, type Row, readBody } from './row.ts'

const BAR = 0.6
const MOST = 2_000

export const singleMeasurements: readonly Measurement[] = [
  ...(['representative', 'manager', 'head', 'viewer'] as const).map((part) => ({
    name: `read-${part}`,
    run: (bench: Bench) => measureRead(bench, part),
  })),
  { name: 'update', run: async (bench) => [await measureUpdate(bench, 'update one record, with audit')] },
  { name: 'update-heard', run: measureHeardUpdate },
  { name: 'create', run: measureCreate },
]

async function measureRead(bench: Bench, part: Part): Promise<Row[]> {
  const list = askedBy(bench, part, get('/api/v1/records/accounts?fields=name&limit=200'))
  const { items } = readBody<{ items: { id: string }[] }>(await bench.ours.ask(list))
  const next = ringOf(items.map(({ id }) => id))
  const nextBare = ringOf(items.map(({ id }) => id))
  const { ours, bare, ratio } = await duel(
    { gun: bench.ours, next: () => askedBy(bench, part, get(`/api/v1/records/accounts/${next()}`)) },
    { gun: bench.bare, next: () => get(`/accounts/${nextBare()}`) },
    bench.seconds,
  )
  return [atLeast(BAR, { what: `one record: ${PARTS[part]}`, unit: '/s', ours, bare, ratio })]
}

/** Both change the same field of records of one person, each its own half of them, with a row that says who and what. */
async function measureUpdate(bench: Bench, what: string): Promise<Row> {
  const ids = await recordsOfWriter(bench)
  const half = Math.floor(ids.length / 2)
  const next = ringOf(ids.slice(0, half))
  const nextBare = ringOf(ids.slice(half))
  const number = counter()
  const body = () => JSON.stringify({ phone: `+358 50 ${number()}` })
  const { ours, bare, ratio } = await duel(
    {
      gun: bench.ours,
      next: () =>
        askedBy(bench, 'writer', { method: 'PATCH', path: `/api/v1/records/accounts/${next()}`, body: body() }),
    },
    { gun: bench.bare, next: () => ({ method: 'PATCH', path: `/accounts/${nextBare()}`, body: body() }) },
    bench.seconds,
  )
  await tidy(bench)
  return atLeast(BAR, { what, unit: '/s', ours, bare, ratio })
}

/** While somebody has the list of accounts open, and hears of every change. */
async function measureHeardUpdate(bench: Bench): Promise<Row[]> {
  const { headers = {} } = askedBy(bench, 'head', get(''))
  const listening = await listen(`${bench.server.origin}/api/v1/events?module=accounts`, headers)
  try {
    const row = await measureUpdate(bench, 'update one record while a list is open')
    await listening.first()
    return [{ ...row, note: `${listening.count()} events` }]
  } finally {
    await listening.stop()
  }
}

async function measureCreate(bench: Bench): Promise<Row[]> {
  const owner = await ownerIdOf(bench.dataSet, 'writer')
  const number = counter()
  const name = () => `${MADE_HERE} ${number()}`
  const { ours, bare, ratio } = await duel(
    {
      gun: bench.ours,
      next: () =>
        askedBy(bench, 'writer', {
          method: 'POST',
          path: '/api/v1/records/accounts',
          body: JSON.stringify({ name: name() }),
        }),
    },
    {
      gun: bench.bare,
      next: () => ({ method: 'POST', path: '/accounts', body: JSON.stringify({ owner, name: name() }) }),
    },
    bench.seconds,
  )
  await tidy(bench)
  return [atLeast(BAR, { what: 'create a record, with audit', unit: '/s', ours, bare, ratio })]
}

const MADE_HERE = 'Made by the benchmark'

async function recordsOfWriter(bench: Bench): Promise<string[]> {
  const owner = await ownerIdOf(bench.dataSet, 'writer')
  const { place, organization } = bench.dataSet
  const query = `select id from r_accounts where owner_id = ${owner} and deleted_at is null order by id limit ${MOST}`
  return (await runAsOwner<{ id: string }>(place.address, organization.schema, [query])).map(({ id }) => id)
}

/** Puts the data set back as it was built, so that the next run finds the same. */
async function tidy({ dataSet }: Bench): Promise<void> {
  await runAsOwner(dataSet.place.address, dataSet.organization.schema, [
    `delete from r_accounts where f_name like '${MADE_HERE}%'`,
    `update r_accounts set version = 1, updated_at = created_at, f_phone = '+358 40 ' || substr("f_accountNumber", 3)
     where version > 1`,
    'truncate history',
    'truncate bare.audit',
    'vacuum analyze r_accounts',
  ])
}

function counter(): () => number {
  let count = 0
  return () => ++count
}
