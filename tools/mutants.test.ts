import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { MUTANT_GROUPS } from './mutants/index.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const mutants = MUTANT_GROUPS.flatMap((group) => group.mutants)

/** Whether each is caught is for `npm run mutate` to say; here, that each is still a change of the sources as they are. */
describe('the mutants', () => {
  test('are at least sixty, of the engine and of what turns it into SQL', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60)
    expect(mutants.some(({ file }) => file.startsWith('packages/access/'))).toBe(true)
    expect(mutants.some(({ file }) => file.startsWith('apps/server/src/records/'))).toBe(true)
    expect(new Set(mutants.map(({ file, text, by }) => `${file} ${text} ${by}`)).size).toBe(mutants.length)
  })

  test.each(mutants)('$file: $why', ({ file, text, by }) => {
    expect(readFileSync(path.join(root, file), 'utf8').split(text).length - 1).toBe(1)
    expect(by).not.toBe(text)
  })

  test.each(MUTANT_GROUPS)('of $name are held to tests that are there', ({ tests }) => {
    for (const file of tests) expect(existsSync(path.join(root, file))).toBe(true)
  })
})
