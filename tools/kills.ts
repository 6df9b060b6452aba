/** `npm run kills -- [--rounds N]`: kills the program amid its work, each kind N times (20 where unstated), and looks at what is left. */
import { parseArgs } from 'node:util'
import { runCampaign } from './campaign.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
await runCampaign('apps/server/src/hardening/kills.test.ts', { BAILIWICK_KILL_ROUNDS: values.rounds })
