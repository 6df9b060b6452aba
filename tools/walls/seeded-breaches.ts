/** [the wall, what goes through it, a file with that] */
export const SEEDED: [string, string, Record<string, string>][] = [
  ['access is pure', 'a Node module', { 'packages/access/src/reach.ts': `import { readFileSync } from 'node:fs'` }],
  ['access is pure', 'a package', { 'packages/access/src/reach.ts': `import type { Kysely } from 'kysely'` }],
  ['access is pure', 'another room of ours', { 'packages/access/src/reach.ts': `export * from '@bailiwick/contract'` }],
  [
    'access is pure',
    'a type by its long name',
    { 'packages/access/src/reach.ts': `type T = import('node:net').Socket` },
  ],
  ['access is pure', 'a package, in the oracle', { 'packages/access/src/oracle/law.ts': `import 'kysely'` }],
  ['access asks no clock', 'the time', { 'packages/access/src/reach.ts': 'export const reach = () => Date.now()' }],
  ['access asks no clock', 'the date', { 'packages/access/src/reach.ts': 'export const reach = () => new Date()' }],
  ['access asks no clock', 'chance', { 'packages/access/src/reach.ts': 'export const reach = () => Math.random()' }],
  [
    'the oracle stands alone',
    'the engine',
    { 'packages/access/src/oracle/law.ts': `import { reach } from '../reach.ts'` },
  ],
  [
    'contract is thin',
    'a value of access',
    { 'packages/contract/src/index.ts': `import { reach } from '@bailiwick/access'` },
  ],
  ['contract is thin', 'another package', { 'packages/contract/src/index.ts': `import 'kysely'` }],
  ['contract is thin', 'a Node module', { 'packages/contract/src/index.ts': `import 'node:fs'` }],
  [
    'rooms stand in order',
    'a room above',
    { 'apps/server/src/db/pool.ts': `import { list } from '../records/list.ts'` },
  ],
  [
    'rooms stand in order',
    'a type of a room above',
    { 'apps/server/src/policy/live.ts': `import type { list } from '../records/list.ts'` },
  ],
  [
    'rooms stand in order',
    'the file that knows everything',
    { 'apps/server/src/db/pool.ts': `const { start } = await import('../main.ts')` },
  ],
  [
    'rooms stand in order',
    'a room, from below all rooms',
    { 'apps/server/src/start-up-error.ts': `export { pool } from './db/pool.ts'` },
  ],
  [
    'rooms stand in order',
    'a loose file at the top',
    { 'apps/server/src/loose.ts': '', 'apps/server/src/db/pool.ts': `import '../loose.ts'` },
  ],
  [
    'rooms stand in order',
    'the file that knows everything, from a door',
    { 'apps/server/src/policy/routes.ts': `import { start } from '../main.ts'` },
  ],
  [
    'doors stand above the rooms',
    'a verb of the same room',
    { 'apps/server/src/policy/live.ts': `import { policyRoutes } from './routes.ts'` },
  ],
  [
    'doors stand above the rooms',
    'a room further up',
    { 'apps/server/src/records/list.ts': `import type { versionRoutes } from '../policy/version-routes.ts'` },
  ],
  [
    'doors stand above the rooms',
    'a room, for how bodies are read',
    {
      'apps/server/src/policy/policy-body.ts': 'export const bodies = 1',
      'apps/server/src/records/list.ts': `import { bodies } from '../policy/policy-body.ts'`,
    },
  ],
  [
    'a store is its room’s own',
    'a store, from a door',
    {
      'apps/server/src/records/store.ts': 'export const rows = 1',
      'apps/server/src/policy/routes.ts': `import { rows } from '../records/store.ts'`,
    },
  ],
  [
    'rooms show their face',
    'http’s insides, from a door',
    { 'apps/server/src/policy/routes.ts': `import { log } from '../http/log.ts'` },
  ],
  ['every room is listed', 'a room without a place', { 'apps/server/src/shed/tool.ts': 'export const tool = 1' }],
  [
    'a store is its room’s own',
    'a store below',
    { 'apps/server/src/records/list.ts': `import { read } from '../policy/store.ts'` },
  ],
  [
    'a store is its room’s own',
    'a store, from the top',
    { 'apps/server/src/main.ts': `import { read } from './policy/store.ts'` },
  ],
  [
    'rooms show their face',
    'http’s insides',
    { 'apps/server/src/records/list.ts': `import { log } from '../http/log.ts'` },
  ],
  [
    'only the gateway names record tables',
    'their name',
    { 'apps/server/src/policy/live.ts': `import { recordTable } from '../modules/columns.ts'` },
  ],
  [
    'only the gateway names record tables',
    'their name among all',
    { 'apps/server/src/policy/live.ts': `import * as columns from '../modules/columns.ts'` },
  ],
  [
    'only the gateway names record tables',
    'their name, passed on',
    { 'apps/server/src/policy/live.ts': `export { recordTable as t } from '../modules/columns.ts'` },
  ],
  [
    'only the gateway names record tables',
    'one in SQL',
    { 'apps/server/src/policy/live.ts': 'export const q = `select 1 from "r_deals"`' },
  ],
  [
    'only the gateway names record tables',
    'one put together',
    { 'apps/server/src/policy/live.ts': `export const q = (m: string) => \`from r_\${m}\`` },
  ],
  [
    'only the gateway names record tables',
    'one, in the command line',
    { 'apps/cli/src/main.ts': `export const q = 'copy r_deals from stdin'` },
  ],
  [
    'history is written in one place',
    'a line of somebody else’s',
    {
      'apps/server/src/records/share.ts':
        'export const q = `with s as (select 1) insert into history (module) values (1)`',
    },
  ],
  [
    'the command line is a client',
    'the server',
    { 'apps/cli/src/main.ts': `import { start } from '@bailiwick/server'` },
  ],
  [
    'the command line is a client',
    'the engine',
    { 'apps/cli/src/main.ts': `import { reach } from '@bailiwick/access'` },
  ],
  [
    'parts of the web application stand apart',
    'a feature and another',
    { 'apps/web/src/features/lists/page.tsx': `import { Page } from '../record/page.tsx'; export const Lists = Page` },
  ],
  [
    'parts of the web application stand apart',
    'what all features stand on, and one of them',
    { 'apps/web/src/ui/name.tsx': `import { Lists } from '../features/lists/page.tsx'; export const Name = Lists` },
  ],
  [
    'parts of the web application stand apart',
    'a feature and the server',
    { 'apps/web/src/features/lists/page.tsx': `import { start } from '@bailiwick/server'; export const Lists = start` },
  ],
  [
    'test helpers stay in tests',
    'the test kit',
    { 'apps/server/src/main.ts': `import { people } from '@bailiwick/testkit'` },
  ],
  [
    'test helpers stay in tests',
    'the oracle',
    { 'apps/server/src/main.ts': `import { law } from '@bailiwick/access/oracle'` },
  ],
  [
    'test helpers stay in tests',
    'the oracle, from the engine',
    { 'packages/access/src/reach.ts': `import { law } from './oracle.ts'` },
  ],
  ['test helpers stay in tests', 'the test runner', { 'apps/server/src/main.ts': `import { it } from 'vitest'` }],
  ['test helpers stay in tests', 'a test', { 'apps/server/src/main.ts': `import './records/list.test.ts'` }],
  [
    'no deep imports',
    'past the exports',
    { 'apps/server/src/main.ts': `import { reach } from '@bailiwick/access/src/reach.ts'` },
  ],
  [
    'no deep imports',
    'by path',
    { 'apps/server/src/main.ts': `import { reach } from '../../../packages/access/src/reach.ts'` },
  ],
  ['no deep imports', 'of a package without any', { 'apps/server/src/main.ts': `import 'bailiwick'` }],
  [
    'every package is declared',
    'a package that happens to be there',
    { 'apps/server/src/main.ts': `import 'fastify'` },
  ],
  [
    'every package is declared',
    'a package of ours',
    {
      'packages/testkit/src/index.ts': `import '@bailiwick/contract'`,
      'apps/server/src/db/pool.ts': `import '@bailiwick/testkit'`,
    },
  ],
  ['every import leads somewhere', 'a file that is not there', { 'apps/server/src/main.ts': `import './gone.ts'` }],
  [
    'no cycles',
    'two files',
    { 'apps/server/src/db/pool.ts': `import './ring.ts'`, 'apps/server/src/db/ring.ts': `import './pool.ts'` },
  ],
  [
    'no cycles',
    'two files, by types alone',
    {
      'apps/server/src/db/pool.ts': `import type { A } from './ring.ts'`,
      'apps/server/src/db/ring.ts': `import type { B } from './pool.ts'`,
    },
  ],
  ['no cycles', 'a file and itself', { 'apps/server/src/db/pool.ts': `import './pool.ts'` }],
  [
    'every import can be read',
    'a computed name',
    { 'apps/server/src/main.ts': 'const name = "x"; await import(name)' },
  ],
  ['every import can be read', 'require', { 'apps/server/src/main.ts': `require('fs')` }],
  ['every import can be read', 'a file that does not parse', { 'apps/server/src/main.ts': 'import { from' }],
]
