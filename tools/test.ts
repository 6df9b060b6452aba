/**
 * `npm test [-- filter…]`: the tests of every project, and one last line that says how they went: `N passed, N failed`
 * (and `, N skipped` where any were). Leaves with 1 where something failed or nothing ran.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest } from 'vitest/node'
import { isGreen, summaryLine, sumUp } from './test-tally.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const filters = process.argv.slice(2)

const vitest = await startVitest('test', filters, { root, watch: false, run: true, passWithNoTests: true })
const tally = sumUp(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length)
await vitest.close()

// A set-up for all tests that fails leaves no test behind to count, only the exit code.
const brokenOutside = tally.failed === 0 && Boolean(process.exitCode)
const result = brokenOutside ? { ...tally, failed: 1 } : tally
console.log(summaryLine(result))
process.exit(isGreen(result) ? 0 : 1)
