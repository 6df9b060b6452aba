import type { TestProject } from 'vitest/node'
import { provideDatabases, startBuiltIn } from './global-set-up.ts'

/** The tests of this project run on the built-in PostgreSQL. */
export default async function setUp(project: TestProject) {
  return provideDatabases(project, await startBuiltIn())
}
