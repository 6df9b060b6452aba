import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import path from 'node:path'
import { startDatabases } from './database.ts'
import { requirePackages } from './install-packages.ts'
import { measureDatabases } from './measure-databases.ts'
import { measureLibraries } from './measure-libraries.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import type { Result } from './result.ts'
import { makeStage } from './stage.ts'
import { printResult } from './table.ts'
import { PERSONS } from './world/organization.ts'

/** `npm run bench:peers`: measures, prints one table, and writes bench/results/peers.json. */
const RESULTS = path.resolve(import.meta.dirname, '../results')

const say = (line: string) => console.error(line)

async function measure(options: Options): Promise<Result> {
  const stage = makeStage(options, say)
  const libraries = await measureLibraries(stage)
  const databases = await startDatabases()
  try {
    const stored = await measureDatabases(stage, databases)
    return {
      at: new Date().toISOString(),
      machine: {
        processors: availableParallelism(),
        node: process.versions.node,
        postgres: databases.version,
        load: loadavg()[0] ?? Number.NaN,
      },
      people: PERSONS.length,
      deals: options.deals,
      decisions: [...libraries.decisions, ...stored.decisions],
      pages: [...libraries.pages, ...stored.pages],
      http: stored.http,
      differences: stored.differences,
      notRun: [...libraries.notRun, ...stored.notRun],
    }
  } finally {
    await databases.close()
  }
}

async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args)
  if (options === 'help') return console.log(USAGE)
  await requirePackages(say)
  const result = await measure(options)
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(path.join(RESULTS, 'peers.json'), `${JSON.stringify(result, null, 2)}\n`)
  printResult(result, console.log)
}

await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
