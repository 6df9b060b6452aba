import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest } from 'vitest/node'

/** Runs one test file for longer than `npm test` does, as its settings say. Leaves with 1 where it fails. */
export async function runCampaign(file: string, settings: Readonly<Record<string, string>>): Promise<never> {
  process.exit((await isPassed([file], settings, ['postgres-18'])) ? 0 : 1)
}

/** Whether all tests of some files pass under these settings. */
export async function isPassed(
  files: readonly string[],
  settings: Readonly<Record<string, string>>,
  projects: readonly string[],
): Promise<boolean> {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
  Object.assign(process.env, settings)
  const vitest = await startVitest('test', [...files], { root, watch: false, run: true, project: [...projects] })
  const isFine = vitest.state.getCountOfFailedTests() === 0 && !process.exitCode
  await vitest.close()
  return isFine
}
