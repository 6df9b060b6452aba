import { type Options, readOptions, USAGE } from './options.ts'
import { keepResults, writeTable } from './report.ts'
import { runBench } from './run-bench.ts'

/** `npm run bench`: see docs/performance.md. */
function optionsOrUsage(): Options {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    process.exit(2)
  }
}

const options = optionsOrUsage()
const rows = await runBench(options, (line) => console.error(line))
console.log(writeTable(rows))
// A part of the rows is for trying things out; only a whole run is kept.
if (options.only.length === 0) console.log(`\n${keepResults(options.shape.name, rows, options.seconds, new Date())}`)
