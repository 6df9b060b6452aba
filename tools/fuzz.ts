/**
 * `npm run fuzz -- [--minutes N] [--seed S] [--cases N]`: generated organizations and what happens to them, held to the law in every
 * layer, round after round for as long as one likes (10 minutes where unstated). Each round prints its seed, which makes the same one
 * again. What fails is shrunk and left as a scenario in `found/`; moved to `spec/found/`, every test run asks it again.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hasOlderServer } from '../apps/server/src/testing/installed-servers.ts'
import { isPassed } from './campaign.ts'

const options = {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string' },
  cases: { type: 'string', default: '150' },
} as const
const FILES = [
  'packages/testkit/src/engine-is-the-law.test.ts',
  'packages/testkit/src/laws.test.ts',
  'packages/testkit/src/laws-of-sharing.test.ts',
  'apps/server/src/conformance/worlds.store.test.ts',
  'apps/server/src/conformance/living.store.test.ts',
  'apps/server/src/authzen/worlds.store.test.ts',
]

const { values } = parseArgs({ options })
const until = Date.now() + Number(values.minutes) * 60_000
const first = Number(values.seed ?? Date.now() % 1_000_000)
const found = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../found')
const projects = ['pure', 'postgres-18', ...(hasOlderServer() ? ['postgres-15'] : [])]

let seed = first
let failures = 0
do {
  console.log(`fuzz: --seed ${seed} --cases ${values.cases}`)
  const settings = { BAILIWICK_SEED: String(seed), BAILIWICK_RUNS: values.cases, BAILIWICK_FOUND: found }
  if (!(await isPassed(FILES, settings, projects))) failures += 1
  process.exitCode = 0
  seed += 1
} while (Date.now() < until)
console.log(
  `fuzz: ${seed - first} rounds from seed ${first}, ${failures} of them failed${failures ? `; see ${found}` : ''}`,
)
process.exit(failures === 0 ? 0 : 1)
