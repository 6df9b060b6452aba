/**
 * `npm run fuzz:http -- [--minutes N] [--seed S]`: asks every route of the OpenAPI description hostile things for as long as one likes
 * (10 minutes where unstated). The seed, another each time where none is given, is printed, and asks the same things again.
 */
import { parseArgs } from 'node:util'
import { runCampaign } from './campaign.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } })
await runCampaign('apps/server/src/hardening/fuzz-http.test.ts', {
  BAILIWICK_FUZZ_MINUTES: values.minutes,
  BAILIWICK_FUZZ_SEED: values.seed ?? String(Date.now() % 1_000_000),
})
