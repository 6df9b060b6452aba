import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Running, readConfig, start } from '@bailiwick/server'
import type { TestProject } from 'vitest/node'

/** One server with the demonstration company for all journeys of a run; each takes people and records of its own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-'))
  const environment = { PORT: '0', BAILIWICK_DATA: folder, BAILIWICK_DEMO: '1', BAILIWICK_LOG: 'error' }
  const running = await start(readConfig(environment, folder))
  project.provide('journeys', { address: running.address, password: running.program.parts.demoPassword })
  await makeEmptyOrganization(running.program)
  return async () => {
    await running.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One that holds nothing but its administrator, otto@westwind.example, who has the demonstration's password. */
async function makeEmptyOrganization({ buildOperatorServer, parts }: Running['program']): Promise<void> {
  const operator = buildOperatorServer()
  const admin = { adminEmail: 'otto@westwind.example', adminName: 'Otto', adminPassword: parts.demoPassword }
  const body = { slug: 'westwind', name: 'Westwind', ...admin }
  const answer = await operator.inject({ method: 'POST', url: '/operator/v1/organizations', body })
  await operator.close()
  if (answer.statusCode !== 201) throw new Error(`There is no empty organization: ${answer.payload}`)
}

declare module 'vitest' {
  export interface ProvidedContext {
    journeys: { readonly address: string; readonly password: string }
  }
}
