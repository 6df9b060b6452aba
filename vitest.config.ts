import { configDefaults, defineConfig } from 'vitest/config'
import { hasOlderServer } from './apps/server/src/testing/installed-servers.ts'
import { findBrowser } from './e2e/find-browser.ts'

const server = ['apps/server/**/*.test.ts', 'apps/cli/**/*.test.ts']
const exclude = [...configDefaults.exclude, 'e2e/**']

/** What touches tables: it runs on the oldest PostgreSQL that we take, besides the built-in one. */
const stores = [
  'apps/server/**/*.store.test.ts',
  'apps/server/src/db/**/*.test.ts',
  'apps/server/src/records/**/*.test.ts',
  'apps/server/src/policy/**/*.test.ts',
]

/** A machine may have much else to do: waiting ends only what would never end. */
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } }

/** Left out where there is no such server; the set-up says so, and `npm test` installs one where it may. */
const postgres15 = {
  test: {
    ...patience,
    name: 'postgres-15',
    include: stores,
    exclude: [...exclude, 'apps/server/src/db/embedded*.test.ts'],
    globalSetup: 'apps/server/src/testing/set-up-postgres-15.ts',
  },
}

/** The journeys, in a real browser against a real server. Left out where there is no browser; the set-up says so. */
const journeys = {
  test: {
    ...patience,
    name: 'journeys',
    include: ['e2e/**/*.test.ts'],
    globalSetup: 'e2e/set-up.ts',
    // One browser at a time: what is measured and waited for shouldn't depend on what else is drawn.
    fileParallelism: false,
  },
}

/** Four projects: without a database, on the built-in PostgreSQL, the stores once more on an older one, and journeys. */
export default defineConfig({
  test: {
    // A server's database is stopped behind its tests, which takes its time where much else runs.
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'pure',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts', 'bench/*.test.ts', 'apps/web/**/*.test.ts'],
          exclude,
          ...patience,
        },
      },
      {
        test: {
          name: 'postgres-18',
          include: server,
          exclude,
          globalSetup: 'apps/server/src/testing/set-up-postgres-18.ts',
          ...patience,
        },
      },
      ...(hasOlderServer() ? [postgres15] : []),
      ...(findBrowser() ? [journeys] : []),
    ],
  },
})
