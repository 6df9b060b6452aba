import { PARTS, type Part } from '../../apps/server/src/benchmark/cast.ts'
import { duel } from '../load/duel.ts'
import { median } from '../load/median.ts'
import { ringOf } from '../load/ring.ts'
import { askedBy, atLeast, type Bench, get, type Measurement, post, type Row, readBody } from './row.ts'

/** Statements have bars of their own (`sql-check`); the request of one check is held to what one of a record is. */
const ONE = 0.6
const IN_ONE_REQUEST = 200
const TIMES = 5

/** Checks as other programs ask for them (AuthZEN), and who may do something. */
export const checkMeasurements: readonly Measurement[] = [
  ...(['representative', 'manager'] as const).flatMap((part): Measurement[] => [
    { name: `check-one-${part}`, run: (bench) => measureOne(bench, part) },
    { name: `check-hundreds-${part}`, run: (bench) => measureHundreds(bench, part) },
  ]),
  { name: 'who-can', run: measureWhoCan },
]

async function measureOne(bench: Bench, part: Part): Promise<Row[]> {
  const ids = await someIds(bench)
  const [next, nextBare] = [ringOf(ids), ringOf(ids)]
  const subject = { type: 'user', id: bench.dataSet.cast[part] }
  const questionOf = (id: string) => ({ subject, action: { name: 'update' }, resource: { type: 'accounts', id } })
  const { ours, bare, ratio } = await duel(
    { gun: bench.ours, next: () => askedBy(bench, part, post('/access/v1/evaluation', questionOf(next()))) },
    { gun: bench.bare, next: () => post('/evaluation', questionOf(nextBare())) },
    bench.seconds,
  )
  return [
    atLeast(ONE, { what: `one check (bare: whether it is there): ${PARTS[part]}`, unit: '/s', ours, bare, ratio }),
  ]
}

async function measureHundreds(bench: Bench, part: Part): Promise<Row[]> {
  const next = ringOf(await someIds(bench))
  const defaults = { subject: { type: 'user', id: bench.dataSet.cast[part] }, action: { name: 'update' } }
  const batch = () => {
    const evaluations = Array.from({ length: IN_ONE_REQUEST }, () => ({ resource: { type: 'accounts', id: next() } }))
    return post('/access/v1/evaluations', { ...defaults, evaluations })
  }
  const began = performance.now()
  const times = await bench.ours.fire(() => askedBy(bench, part, batch()), bench.seconds * 1_000)
  const ours = (times.length * IN_ONE_REQUEST * 1_000) / (performance.now() - began)
  const what = `checks, ${IN_ONE_REQUEST} in a request: ${PARTS[part]}`
  return [{ what, unit: '/s', ours }]
}

/** Of all ages, seen or not. */
async function someIds(bench: Bench): Promise<string[]> {
  const pages = ['-updatedAt', 'updatedAt', 'name', '-name'].map(async (sort) => {
    const shot = askedBy(bench, 'viewer', get(`/api/v1/records/accounts?fields=name&limit=200&sort=${sort}`))
    return readBody<{ items: { id: string }[] }>(await bench.ours.ask(shot)).items.map(({ id }) => id)
  })
  return (await Promise.all(pages)).flat()
}

async function measureWhoCan(bench: Bench): Promise<Row[]> {
  const ids = (await someIds(bench)).slice(0, TIMES)
  const shots = ids.map((id) => {
    const question = { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: 'accounts', id } }
    return [
      askedBy(bench, 'administrator', post('/access/v1/search/subject', question)),
      askedBy(bench, 'administrator', get(`/api/v1/records/accounts/${id}/audience`)),
    ] as const
  })
  const whoCan: number[] = []
  const audience: number[] = []
  for (const [search, told] of shots) {
    whoCan.push(await timeOf(bench, search))
    audience.push(await timeOf(bench, told))
  }
  return [
    { what: 'who can read a record', unit: 'ms', ours: median(whoCan) },
    { what: 'the audience of a record, with reasons', unit: 'ms', ours: median(audience) },
  ]
}

async function timeOf(bench: Bench, shot: Parameters<Bench['ours']['ask']>[0]): Promise<number> {
  const began = performance.now()
  readBody(await bench.ours.ask(shot))
  return performance.now() - began
}
