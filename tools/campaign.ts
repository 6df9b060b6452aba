import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest } from 'vitest/node'

/** Runs one test file for longer than `npm test` does, as its settings say. Leaves with 1 where it fails. */
export async function runCampaign(file: string, settings: Readonly<Record<string, string>>): Promise<never> {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
  Object.assign(process.env, settings)
  const vitest = await startVitest('test', [file], { root, watch: false, run: true, project: ['postgres-18'] })
  const failed = vitest.state.getCountOfFailedTests() > 0 || Boolean(process.exitCode)
  await vitest.close()
  process.exit(failed ? 1 : 0)
}
