import type { TestProject } from 'vitest/node'
import { provideDatabases, serverAt, type TestServer } from './global-set-up.ts'
import { startOlderServer } from './throw-away-server.ts'

/** The tests of this project run on BAILIWICK_TEST_DATABASE_URL, or else on the oldest PostgreSQL that the machine has. */
export default async function setUp(project: TestProject) {
  return provideDatabases(project, await findServer())
}

async function findServer(): Promise<TestServer> {
  const url = process.env.BAILIWICK_TEST_DATABASE_URL
  if (url) return serverAt(url)
  const server = await startOlderServer()
  return { ...serverAt(server.url), stop: server.stop }
}
