import { setTimeout as sleep } from 'node:timers/promises'
import { PARTS, type Part } from '../../apps/server/src/benchmark/cast.ts'
import { COMMON_COUNTRY, COMMON_WORD, RARE_INDUSTRY } from '../../apps/server/src/benchmark/record-values.ts'
import { INDEX_RECORDS } from '../../apps/server/src/policy/own-jobs.ts'
import { runAsOwner } from '../data-set/run-as-owner.ts'
import { duel } from '../load/duel.ts'
import type { Shot } from '../load/fire.ts'
import { askedBy, atLeast, type Bench, get, type Measurement, type Row, readBody } from './row.ts'

/** One kind of page: how each of the two is asked for it. */
interface Page {
  readonly name: string
  readonly what: string
  readonly query: Readonly<Record<string, string>>
  readonly bare: Readonly<Record<string, string>>
  readonly parts: readonly Part[]
  /** What it is held to, whoever asks; the bars below where unstated. */
  readonly bar?: number
}

const EVERYBODY: readonly Part[] = [
  ...(['representative', 'scattered', 'guest', 'manager', 'oldManager'] as const),
  ...(['ruled', 'eight', 'fifty', 'head', 'viewer', 'administrator'] as const),
]
const FEW: readonly Part[] = ['representative', 'manager', 'head', 'viewer']
const SCARCE: readonly Part[] = ['representative', 'scattered', 'guest', 'manager', 'oldManager', 'head', 'viewer']

function filter(field: string, value: string, rare: 'yes' | 'no') {
  return { query: { filter: JSON.stringify({ field, op: 'eq', value }) }, bare: { field, value, rare } }
}

/** The bars: most people's pages, and the worst person's. */
const TYPICAL = 0.6
const WORST = 0.35

const PAGES: readonly Page[] = [
  { name: 'newest', what: 'page of 50, newest', query: {}, bare: {}, parts: EVERYBODY },
  { name: 'by-name', what: 'page of 50, by name', query: { sort: 'name' }, bare: { sort: 'name' }, parts: EVERYBODY },
  // Behind the first of them, an index for such lists is made.
  {
    name: 'by-revenue',
    what: 'page of 50, by revenue',
    query: { sort: 'revenue' },
    bare: { sort: 'revenue' },
    parts: ['representative', 'fifty', 'head', 'viewer'],
    bar: WORST,
  },
  { name: 'common', what: 'page of 50, common value', ...filter('country', COMMON_COUNTRY, 'no'), parts: SCARCE },
  { name: 'rare', what: 'page of 50, rare value', ...filter('industry', RARE_INDUSTRY, 'yes'), parts: SCARCE },
  { name: 'search', what: 'page of 50, a word', query: { q: COMMON_WORD }, bare: { word: COMMON_WORD }, parts: FEW },
  {
    name: 'rare-word',
    what: 'page of 50, a rare word',
    query: { q: RARE_INDUSTRY },
    bare: { word: RARE_INDUSTRY, rare: 'yes' },
    parts: FEW,
  },
]

const REACH_ALL: readonly Part[] = ['viewer', 'administrator']
const TYPICAL_PARTS: readonly Part[] = ['representative', 'manager', 'viewer', 'administrator']

export const pageMeasurements: readonly Measurement[] = PAGES.flatMap((page) =>
  page.parts.map((part) => ({ name: `page-${page.name}-${part}`, run: (bench) => measurePage(bench, page, part) })),
)

async function measurePage(bench: Bench, page: Page, part: Part): Promise<Row[]> {
  const ours = askedBy(bench, part, get(pathOf('/api/v1/records/accounts', page.query)))
  const bare = get(pathOf('/accounts', page.bare))
  const rows = await compareRows(bench, ours, bare)
  await ordersMade(bench)
  if (REACH_ALL.includes(part) && !rows.same) throw new Error(`${PARTS[part]}: other rows than the bare page has`)
  const {
    ours: rate,
    bare: limit,
    ratio,
    oursTook,
  } = await duel({ gun: bench.ours, next: () => ours }, { gun: bench.bare, next: () => bare }, bench.seconds)
  const row = { what: `${page.what}: ${PARTS[part]}`, unit: '/s', ours: rate, bare: limit, ratio }
  const bar = page.bar ?? (TYPICAL_PARTS.includes(part) ? TYPICAL : WORST)
  return [atLeast(bar, { ...row, note: `${rows.ours} rows, ${oursTook.toFixed(1)} ms` })]
}

/** Waits for the indexes that lists ask for. */
async function ordersMade({ dataSet: { place, organization } }: Bench): Promise<void> {
  const waiting = `select from jobs where kind = '${INDEX_RECORDS}' and state in ('queued', 'running')`
  while ((await runAsOwner(place.address, organization.schema, [waiting])).length > 0) await sleep(LOOKED_FOR_EVERY)
}

const LOOKED_FOR_EVERY = 200

function pathOf(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? path : `${path}?${text}`
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly confidential: boolean }[]
}

/** Who reaches every record gets the bare page, but for what is confidential: no profile opens that. */
async function compareRows(bench: Bench, ours: Shot, bare: Shot): Promise<{ ours: number; same: boolean }> {
  const one = readBody<Listed>(await bench.ours.ask(ours)).items.map(({ id }) => id)
  const other = readBody<Listed>(await bench.bare.ask(bare)).items.filter(({ confidential }) => !confidential)
  return { ours: one.length, same: other.every(({ id }, index) => one[index] === id) }
}
