import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Breach, checkWalls } from './walls/check-walls.ts'
import type { Plan } from './walls/plan.ts'
import { RULES } from './walls/rules.ts'
import { SEEDED } from './walls/seeded-breaches.ts'
import { SOUND } from './walls/sound-repository.ts'
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
    'sales',
    'views',
    'preferences',
    'imports',
    'exports',
    'files',
    'search',
    'reports',
    'notifications',
    'invitations',
    'live',
    'authzen',
    'web',
    'demo',
    'benchmark',
  ],
  ground: ['start-up-error.ts', 'config.ts', 'secrets.ts', 'problem.ts', 'actor.ts'],
  roof: [
    'main.ts',
    'compose.ts',
    'parts.ts',
    'open-rooms.ts',
    'build-servers.ts',
    'surfaces.ts',
    'listen.ts',
    'release-memory.ts',
  ],
  faces: { http: ['app.ts', 'actor.ts', 'problem.ts', 'protection.ts', 'json-text.ts', 'validation-errors.ts'] },
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

const check = (changes: Record<string, string>) => checkWalls(new Map(Object.entries({ ...SOUND, ...changes })), PLAN)

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
