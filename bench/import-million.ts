import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BUILT_IN_MODULES, type PolicyDocument } from '@bailiwick/access'
import type { Actor } from '../apps/server/src/actor.ts'
import { type Database, openDatabase } from '../apps/server/src/db/database.ts'
import { createOrganizationSchema, organizationRef } from '../apps/server/src/db/organization-schema.ts'
import { importFile } from '../apps/server/src/imports/import-file.ts'
import { createEncryptedValues } from '../apps/server/src/modules/encrypted-values.ts'
import { createLivePolicies } from '../apps/server/src/policy/live-policy.ts'
import { createPolicyFixture } from '../apps/server/src/policy/policy-fixture.ts'

/**
 * Imports a file of many rows and prints how fast it goes and how much memory it takes on the way:
 * `node bench/import-million.ts [rows]`, a million unless stated. A database of its own is made for it and removed.
 */
const ROWS = Number(process.argv[2] ?? 1_000_000)
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Bench' },
  users: { ada: { profiles: ['administrator'] } },
}
const MIB = 1024 * 1024
const STAGES = ['Prospecting', 'Engaging', 'Closed Won', 'Closed Lost']

async function writeFile(file: string): Promise<void> {
  const stream = createWriteStream(file)
  stream.write('Id,Name,StageName,Amount,CloseDate,Probability,NextStep,Description\n')
  for (let row = 0; row < ROWS; row++) {
    const line = `D${row},Deal number ${row},${STAGES[row % 4]},"${1 + (row % 90)},${100 + (row % 900)}.50",2026-03-${10 + (row % 20)},${row % 101},Call,"About deal ${row}: nothing, yet"\n`
    // Every hundredth row is bad: rejected rows must be as light as the others.
    if (!stream.write(row % 100 === 99 ? line.replace('2026', '26') : line)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}

async function createOrganization(database: Database) {
  const organization = organizationRef(randomUUID(), 'bench')
  await database.owner.transaction().execute(async (transaction) => {
    await createOrganizationSchema(transaction, organization)
    const row = { ...organization, slug: 'bench', name: 'Bench', created_at: new Date() }
    await transaction.insertInto('organizations').values(row).execute()
  })
  await createPolicyFixture(database, organization, DOCUMENT)
  return { ...organization, slug: 'bench' }
}

const folder = await mkdtemp(path.join(tmpdir(), 'bw-bench-'))
const database = await openDatabase({ folder })
try {
  const organization = await createOrganization(database)
  const file = path.join(folder, 'deals.csv')
  await writeFile(file)
  const parts = {
    database,
    policies: createLivePolicies(database, { catalogue: BUILT_IN_MODULES }),
    secrets: createEncryptedValues([new Uint8Array(32)]),
    filesFolder: folder,
    newId: () => randomUUIDv7(),
    now: () => Date.now(),
  }
  const actor: Actor = { organization, user: 'ada', asking: { now: Date.now() }, via: 'job' }
  const began = performance.now()
  let told = 0
  let most = 0
  const tell = (done: number) => {
    const rss = process.memoryUsage().rss / MIB
    most = Math.max(most, rss)
    if (done < told) return
    told += ROWS / 10
    const seconds = (performance.now() - began) / 1000
    console.log(`${done} rows, ${seconds.toFixed(1)} s, ${Math.round(rss)} MiB resident`)
  }
  const result = await importFile(parts, actor, { module: 'deals', path: file }, ({ done }) => tell(done))
  const seconds = (performance.now() - began) / 1000
  console.log(`${result.created} created, ${result.rejected} rejected`)
  console.log(`${Math.round(ROWS / seconds)} rows a second, at most ${Math.round(most)} MiB resident`)
} finally {
  await database.close()
  await rm(folder, { recursive: true, force: true })
}
