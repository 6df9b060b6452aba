/** A small repository in which every wall stands. */
export const SOUND = {
  'package.json': '{"name":"root","devDependencies":{"vitest":"1","fast-check":"1"}}',
  'packages/access/package.json':
    '{"name":"@bailiwick/access","exports":{".":"./src/index.ts","./oracle":"./src/oracle.ts"}}',
  'packages/access/src/index.ts': `export { reach } from './reach.ts'; export type { Key } from './document.ts'`,
  'packages/access/src/reach.ts': `import type { Key } from './document.ts'; export const reach = (now: Date, key: Key) => new Date(now)`,
  'packages/access/src/document.ts': 'export type Key = string',
  'packages/access/src/oracle.ts': `export { law } from './oracle/law.ts'`,
  'packages/access/src/oracle/law.ts': `import type { Key } from '../document.ts'; export const law = (key: Key) => key`,
  'packages/access/src/reach.test.ts': `import { it } from 'vitest'; import { law } from './oracle.ts'; import { reach } from './reach.ts'`,
  'packages/contract/package.json':
    '{"name":"@bailiwick/contract","exports":{".":"./src/index.ts"},"dependencies":{"@bailiwick/access":"*","typebox":"1"}}',
  'packages/contract/src/index.ts': `import Type from 'typebox'; import type { Key } from '@bailiwick/access'; export const Id = Type.String()`,
  'packages/testkit/package.json':
    '{"name":"@bailiwick/testkit","exports":{".":"./src/index.ts"},"dependencies":{"fast-check":"1"}}',
  'packages/testkit/src/index.ts': `import fc from 'fast-check'; export const people = fc.string()`,
  'apps/server/package.json':
    '{"name":"@bailiwick/server","exports":{".":"./src/main.ts"},"dependencies":{"@bailiwick/access":"*","@bailiwick/contract":"*","kysely":"1"}}',
  'apps/server/src/main.ts': `import { log } from './http/log.ts'; import { list } from './records/list.ts'; export const start = () => [log, list]`,
  'apps/server/src/start-up-error.ts': 'export class StartUpError extends Error {}',
  'apps/server/src/db/pool.ts': `import { sql } from 'kysely'; import { StartUpError } from '../start-up-error.ts'; export const pool = sql`,
  'apps/server/src/http/app.ts': 'export type App = object',
  'apps/server/src/http/log.ts': 'export const log = console',
  'apps/server/src/modules/columns.ts': `export const recordTable = (key: string) => 'r_' + key; export const fieldColumn = (key: string) => 'f_' + key`,
  'apps/server/src/policy/store.ts': `import { pool } from '../db/pool.ts'; export const read = () => pool`,
  'apps/server/src/policy/live.ts': `import { read } from './store.ts'; import { fieldColumn } from '../modules/columns.ts'; export const live = read`,
  'apps/server/src/records/list.ts': `import { reach } from '@bailiwick/access'; import type { App } from '../http/app.ts'; import { recordTable } from '../modules/columns.ts'; import { live } from '../policy/live.ts'; export const list = () => [reach, live, recordTable('deals')]`,
  'apps/server/src/policy/routes.ts': `import type { App } from '../http/app.ts'; import { list } from '../records/list.ts'; export const policyRoutes = (app: App) => [app, list]`,
  'apps/server/src/policy/version-routes.ts': `import { policyRoutes } from './routes.ts'; export const versionRoutes = policyRoutes`,
  'apps/server/src/surfaces.ts': `import { versionRoutes } from './policy/version-routes.ts'; export const surface = versionRoutes`,
  'apps/server/src/records/list.test.ts': `import { people } from '@bailiwick/testkit'; import { read } from '../policy/store.ts'; import { start } from '../main.ts'; export const t = 'r_deals'`,
  'apps/cli/package.json':
    '{"name":"bailiwick","dependencies":{"@bailiwick/contract":"*","@bailiwick/server":"*","@bailiwick/access":"*"}}',
  'apps/cli/src/start.ts': `import { start } from '@bailiwick/server'; export const serve = start`,
  'apps/cli/src/main.ts': `import { Id } from '@bailiwick/contract'; import { serve } from './start.ts'; const later = await import('./start.ts')`,
  'apps/web/package.json': '{"name":"@bailiwick/web","dependencies":{"@bailiwick/contract":"*"}}',
  'apps/web/src/lib/api.ts': `import type { Id } from '@bailiwick/contract'; export const api = (id: Id) => id`,
  'apps/web/src/ui/name.tsx': `import { api } from '../lib/api.ts'; export const Name = api`,
  'apps/web/src/features/lists/page.tsx': `import { Name } from '../../ui/name.tsx'; export const Lists = Name`,
  'apps/web/src/features/record/page.tsx': `import { Name } from '../../ui/name.tsx'; export const Page = Name`,
  'apps/web/src/app/root.tsx': `import { Lists } from '../features/lists/page.tsx'; import { Page } from '../features/record/page.tsx'; export const Root = [Lists, Page]`,
}
