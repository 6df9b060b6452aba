import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Breach, checkWalls } from './walls/check-walls.ts'
import type { Plan } from './walls/plan.ts'
import { RULES } from './walls/rules.ts'
import { linkSources, readRepository } from './walls/source-tree.ts'

/** The server's rooms, from the ground up: each may import those above its line here, and no other; but for their doors. */
const PLAN: Plan = {
  rooms: [
    'data-folder',
    'db',
    'audit',
    'modules',
    'policy',
    'http',
    'people',
    'identity',
    'organizations',
    'licences',
    'jobs',
    'records',
    'imports',
    'exports',
    'search',
    'reports',
    'authzen',
    'demo',
    'benchmark',
  ],
  ground: ['start-up-error.ts', 'config.ts', 'secrets.ts', 'problem.ts', 'actor.ts'],
  roof: ['main.ts', 'compose.ts', 'surfaces.ts', 'listen.ts', 'release-memory.ts'],
  faces: { http: ['app.ts', 'actor.ts', 'problem.ts', 'protection.ts', 'json-text.ts'] },
  recordTables: ['records', 'modules'],
  serverStarters: ['start.ts', 'open-data.ts'],
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const repository = readRepository(root)

/** One line each, so that a failing run reads as a list of what to do. */
const asLines = (breaches: readonly Breach[]) =>
  breaches.map(({ rule, place, allowed }) => `${rule}: ${place}. Allowed: ${allowed}.`)

describe('the walls', () => {
  it('stand', () => {
    expect(asLines(checkWalls(repository, PLAN))).toEqual([])
  })

  it('are looked at everywhere: the scan sees the imports that a plain search of the text sees', () => {
    const { files, edges } = linkSources(repository)
    expect(files.size).toBeGreaterThan(50)
    const seen = new Set(edges.map(({ from, specifier }) => `${from} ${specifier}`))
    const searched = [...files.keys()].flatMap((file) =>
      [...(repository.get(file) ?? '').matchAll(/^(?:import|export|\}) .*from '([^']+)'$/gm)].map(
        ([, name]) => `${file} ${name}`,
      ),
    )
    expect(searched.length).toBeGreaterThan(200)
    expect(searched.filter((line) => !seen.has(line))).toEqual([])
  })
})

/** A small repository in which every wall stands. */
const SOUND = {
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
}

const check = (changes: Record<string, string>) => checkWalls(new Map(Object.entries({ ...SOUND, ...changes })), PLAN)

/** [the wall, what goes through it, a file with that] */
const SEEDED: [string, string, Record<string, string>][] = [
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

describe('a wall that is broken is reported', () => {
  it('and none is in a sound repository', () => {
    expect(asLines(check({}))).toEqual([])
  })

  it.each(SEEDED)('%s: %s', (rule, _what, changes) => {
    const breaches = check(changes)
    expect(breaches.map((breach) => breach.rule)).toContain(rule)
    expect(breaches.find((breach) => breach.rule === rule)?.allowed).toBeTruthy()
  })

  it('with what is allowed instead', () => {
    const changes = { 'apps/server/src/policy/live.ts': `\nimport { list } from '../records/list.ts'` }
    expect(asLines(check(changes))).toContain(
      'rooms stand in order: apps/server/src/policy/live.ts:2 imports ../records/list.ts. Allowed: policy/ may import these rooms: data-folder, db, audit, modules.',
    )
  })

  it('for every rule there is', () => {
    expect(Object.keys(RULES).filter((rule) => !SEEDED.some(([seeded]) => seeded === rule))).toEqual([])
  })
})
