import { PARTS, type Part } from '../../apps/server/src/benchmark/cast.ts'
import { ownerIdsBelow } from '../data-set/owner-ids.ts'
import { type Duel, duel } from '../load/duel.ts'
import type { Shot } from '../load/fire.ts'
import { askedBy, atMost, atMostTimes, type Bench, get, type Measurement, post, type Row } from './row.ts'

const CAPPED_MS = 12
const EXACT_TIMES = 1.3
const SUM_TIMES = 1.3
const CAP = 10_001

/** Counts and sums are asked one at a time: their bars are about how long one takes. */
export const countMeasurements: readonly Measurement[] = [
  ...(['representative', 'manager', 'head', 'viewer'] as const).flatMap((part): Measurement[] => [
    { name: `count-capped-${part}`, run: (bench) => measureCapped(bench, part) },
    { name: `count-exact-${part}`, run: (bench) => measureExact(bench, part) },
  ]),
  ...(['manager', 'head', 'viewer'] as const).map((part) => ({
    name: `sum-${part}`,
    run: (bench: Bench) => measureSum(bench, part),
  })),
]

function oneAtATime(bench: Bench, part: Part, shot: Shot, bare: Shot): Promise<Duel> {
  const ours = askedBy(bench, part, shot)
  const sides = [
    { gun: bench.ours, next: () => ours },
    { gun: bench.bare, next: () => bare },
  ] as const
  return duel(...sides, bench.seconds, 1)
}

async function measureCapped(bench: Bench, part: Part): Promise<Row[]> {
  const shot = get('/api/v1/records/accounts?fields=name&limit=1&count=capped')
  const { oursTook, bareTook } = await oneAtATime(bench, part, shot, get(`/accounts/count?most=${CAP}`))
  const what = `capped count and a row: ${PARTS[part]}`
  return [atMost(CAPPED_MS, { what, unit: 'ms', ours: oursTook, bare: bareTook, ratio: oursTook / bareTook })]
}

async function measureExact(bench: Bench, part: Part): Promise<Row[]> {
  const shot = get('/api/v1/records/accounts?fields=name&limit=1&count=exact')
  const { oursTook, bareTook } = await oneAtATime(bench, part, shot, get('/accounts/count'))
  const what = `exact count and a row: ${PARTS[part]}`
  return [atMostTimes(EXACT_TIMES, { what, unit: 'ms', ours: oursTook, bare: bareTook, ratio: oursTook / bareTook })]
}

/** The bare sum of a manager goes over the records of those below him: but for rules and shares, the same rows. */
async function measureSum(bench: Bench, part: Part): Promise<Row[]> {
  const question = { groupBy: ['stage'], measures: [{ op: 'sum', field: 'amount' }] }
  const shot = post('/api/v1/records/deals/aggregate', question)
  const owners = part === 'manager' ? await ownerIdsBelow(bench.dataSet, part) : undefined
  const { oursTook, bareTook } = await oneAtATime(bench, part, shot, post('/sum', { owners }))
  const what = `sum of amounts by stage: ${PARTS[part]}`
  return [atMostTimes(SUM_TIMES, { what, unit: 'ms', ours: oursTook, bare: bareTook, ratio: oursTook / bareTook })]
}
