import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig, start } from '@bailiwick/server'
import type { TestProject } from 'vitest/node'

/** One server with the demonstration company for all journeys of a run; each takes people and records of its own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-'))
  const environment = { PORT: '0', BAILIWICK_DATA: folder, BAILIWICK_DEMO: '1', BAILIWICK_LOG: 'error' }
  const running = await start(readConfig(environment, folder))
  project.provide('journeys', { address: running.address, password: running.program.parts.demoPassword })
  return async () => {
    await running.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    journeys: { readonly address: string; readonly password: string }
  }
}
