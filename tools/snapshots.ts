/** `npm run snapshots`: writes the committed SQL and plans anew (apps/server/src/records/sql-snapshots), to be read in their diff. */
import { runCampaign } from './campaign.ts'

await runCampaign('apps/server/src/conformance/snapshots/sql-snapshots.store.test.ts', { BAILIWICK_SNAPSHOTS: 'write' })
