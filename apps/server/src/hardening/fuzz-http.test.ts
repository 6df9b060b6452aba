import { expect, test } from 'vitest'
import { describedRoutes } from './described-routes.ts'
import { fuzzHttp } from './fuzz-http.ts'
import { laySiege } from './siege.ts'

/** Set by `npm run fuzz:http -- --minutes N --seed S`; every run of the tests asks the same. */
const minutes = Number(process.env.BAILIWICK_FUZZ_MINUTES ?? 0.6)
const seed = Number(process.env.BAILIWICK_FUZZ_SEED ?? 1)

const siege = await laySiege()

test(`hostile requests break nothing, change nothing and learn nothing (seed ${seed})`, {
  timeout: minutes * 60_000 + 60_000,
}, async () => {
  const routes = await describedRoutes(siege.network)
  expect(routes.length).toBeGreaterThan(30)
  const { findings, statuses, reached } = await fuzzHttp(siege, { seed, until: Date.now() + minutes * 60_000 })
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  console.log(`fuzz:http with seed ${seed}: ${counts.join(', ')}`)
  const unreached = routes.filter(({ name }) => !reached.has(name)).map(({ name }) => name)
  console.log(`never answered well: ${unreached.join(', ')}`)
  expect(findings).toEqual([])
})
