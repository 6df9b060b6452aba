import { measureGrowth } from './growth.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { keepResults, writeGrowth, writeTable } from './report.ts'
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
const say = (line: string) => console.error(line)
// A part of the rows is for trying things out; only a whole run in which all could be measured is kept.
const isWhole = options.only.length === 0
if (options.growth) {
  const growths = await measureGrowth(options, say)
  console.log(writeGrowth(growths))
  if (isWhole) console.log(`\n${keepResults('growth', growths, options.seconds, new Date())}`)
} else {
  const rows = await runBench(options, say)
  console.log(writeTable(rows))
  const isDone = rows.every(({ failed }) => failed === undefined)
  if (!isDone) process.exitCode = 1
  if (isWhole && isDone) console.log(`\n${keepResults(options.shape.name, rows, options.seconds, new Date())}`)
}
