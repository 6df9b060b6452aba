/**
 * `npm test [-- filter…]`: the tests of every project, and one last line that says how they went: `N passed, N failed`
 * (and `, N skipped` where any were). Leaves with 1 where something failed or nothing ran.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest } from 'vitest/node'
import { failures, isGreen, summaryLine, sumUp } from './test-tally.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const filters = process.argv.slice(2)

const vitest = await startVitest('test', filters, { root, watch: false, run: true, passWithNoTests: true })
const modules = vitest.state.getTestModules()
const tally = sumUp(modules, vitest.state.getUnhandledErrors().length)
const failed = failures(modules)
await vitest.close()

// A set-up for all tests that fails leaves no test behind to count, only the exit code.
const brokenOutside = tally.failed === 0 && Boolean(process.exitCode)
const result = brokenOutside ? { ...tally, failed: 1 } : tally
for (const one of failed) console.log(`failed: ${one}`)
console.log(summaryLine(result))
process.exit(isGreen(result) ? 0 : 1)
