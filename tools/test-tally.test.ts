import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { startVitest } from 'vitest/node'
import { failures, isGreen, summaryLine, sumUp } from './test-tally.ts'

// Inside the repository, since the made-up tests import vitest by its name.
const folder = mkdtempSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '.tally-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function runOf(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  const include = Object.keys(files)
  const vitest = await startVitest('test', [], {
    root: folder,
    config: false,
    watch: false,
    include,
    exclude: [],
    reporters: [{}],
  })
  const modules = vitest.state.getTestModules()
  const tally = sumUp(modules, vitest.state.getUnhandledErrors().length)
  const failed = failures(modules)
  await vitest.close()
  return { tally, failed }
}

const tallyOf = async (files: Record<string, string>) => (await runOf(files)).tally

describe('the tally of a run', () => {
  it('counts tests of every outcome', async () => {
    const tally = await tallyOf({
      'outcomes.js': `import { it } from 'vitest'
        it('passes', () => {}); it('passes too', () => {}); it('fails', () => { throw new Error('no') }); it.skip('waits', () => {})`,
    })
    expect(tally).toEqual({ passed: 2, failed: 1, skipped: 1 })
  })

  it('counts what never got to be a test: a file that does not load, a hook that throws', async () => {
    const broken = await tallyOf({ 'broken.js': `import './not-there.js'` })
    expect(broken).toEqual({ passed: 0, failed: 1, skipped: 0 })
    const hook = await tallyOf({
      'hook.js': `import { beforeAll, describe, it } from 'vitest'
        describe('a room', () => { beforeAll(() => { throw new Error('no') }); it('is never asked', () => {}) })`,
    })
    expect(hook.failed).toBeGreaterThan(0)
  })

  it('counts an error that no test caught', async () => {
    const tally = await tallyOf({
      'stray.js': `import { it } from 'vitest'
        it('passes', async () => { Promise.reject(new Error('stray')); await new Promise((r) => setTimeout(r, 20)) })`,
    })
    expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('names what failed, and why, in a line each', async () => {
    const { failed } = await runOf({
      'named.js': `import { describe, it } from 'vitest'
        describe('a room', () => { it('is shut', () => { throw new Error('it is open\\nwide') }); it('is quiet', () => {}) })`,
      'unread.js': `import './not-there.js'`,
    })
    expect(failed.sort()).toEqual([
      'named.js > a room > is shut > it is open',
      expect.stringMatching(/^unread\.js > .*not-there/),
    ])
  })

  it('is one line, and green only where something ran and nothing failed', () => {
    expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
    expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
    expect(isGreen({ passed: 3, failed: 0, skipped: 1 })).toBe(true)
    expect(isGreen({ passed: 3, failed: 1, skipped: 0 })).toBe(false)
    expect(isGreen({ passed: 0, failed: 0, skipped: 9 })).toBe(false)
  })
})
