import { randomUUIDv7 } from 'node:crypto'
import { BUILT_IN_MODULES } from '@bailiwick/access'
import type { DatabaseAddress } from '../db/connection.ts'
import { openDatabase } from '../db/database.ts'
import { createLog } from '../http/log.ts'
import { Jobs } from '../jobs/jobs.ts'
import type { JobsOptions } from '../jobs/workers.ts'
import { createEncryptedValues } from '../modules/encrypted-values.ts'
import { createLivePolicies } from '../policy/live-policy.ts'
import { importJob } from './import-job.ts'

/** A process that works on the queue of a database and does nothing else, to be killed by tests: `node worker-fixture.ts <JSON>`. */
export interface WorkerPlace {
  readonly address: DatabaseAddress
  readonly filesFolder: string
  readonly options: JobsOptions
}

if (import.meta.main) {
  const { address, filesFolder, options } = JSON.parse(process.argv[2] ?? '{}') as WorkerPlace
  const database = await openDatabase({ address })
  const policies = createLivePolicies(database, { catalogue: BUILT_IN_MODULES })
  const parts = {
    database,
    policies,
    secrets: createEncryptedValues([new Uint8Array(32)]),
    filesFolder,
    log: createLog('error'),
    newId: () => randomUUIDv7(),
    now: () => Date.now(),
  }
  const jobs = new Jobs(parts, [importJob(parts)], options)
  await jobs.start()
  process.on('SIGTERM', () => {
    void jobs
      .stop()
      .then(() => database.close())
      .then(() => process.exit(0))
  })
}
