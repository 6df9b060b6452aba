import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BUILT_IN_MODULES, checkDocument } from '@bailiwick/access'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseCast } from '../apps/server/src/benchmark/cast.ts'
import { makeDocument } from '../apps/server/src/benchmark/document.ts'
import { assignOwners } from '../apps/server/src/benchmark/ownership.ts'
import { makeStaff } from '../apps/server/src/benchmark/people.ts'
import { makeAccounts } from '../apps/server/src/benchmark/records.ts'
import { SHAPES, type Shape } from '../apps/server/src/benchmark/shape.ts'
import { openDataSet } from './data-set/open-data-set.ts'
import { readOptions } from './options.ts'
import { writeTable } from './report.ts'
import { failedRow, type Row } from './rows/row.ts'
import { runBench } from './run-bench.ts'

const FULL = SHAPES.full!
const TINY = SHAPES.tiny!

/** The first accounts of a data set, made from nothing but its shape. */
function someAccounts(shape: Shape) {
  const staff = makeStaff(shape)
  return [...makeAccounts(shape, staff, assignOwners(shape, staff))].slice(0, 20)
}

describe('the data set', () => {
  it('comes back from its seed, and differs for another', () => {
    expect(someAccounts(TINY)).toEqual(someAccounts(TINY))
    expect(someAccounts({ ...TINY, seed: 2 })).not.toEqual(someAccounts(TINY))
  })

  it('has the people, roles, teams, groups and rules that it promises, in a policy without problems', () => {
    const staff = makeStaff(FULL)
    const document = makeDocument(FULL, staff)
    expect(Object.keys(document.users ?? {})).toHaveLength(10_002)
    expect(Object.keys(document.roles ?? {})).toHaveLength(400)
    expect(Object.keys(document.teams ?? {})).toHaveLength(300)
    expect(Object.keys(document.groups ?? {})).toHaveLength(201)
    expect(Object.keys(document.sharingRules ?? {})).toHaveLength(300)
    const moved = Object.values(document.users ?? {}).filter(({ role }) => role === staff.special.fieldSales)
    expect(moved).toHaveLength(1_000)
    expect(checkDocument(document, { catalogue: BUILT_IN_MODULES }).problems).toEqual([])
  })

  it('gives the parts to different people', () => {
    const staff = makeStaff(TINY)
    const cast = Object.values(chooseCast(TINY, staff, assignOwners(TINY, staff)))
    expect(new Set(cast).size).toBe(cast.length)
  })
})

describe('a run', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bw-bench-test-'))
  const only = [
    'page-newest-viewer',
    'page-by-name-administrator',
    'page-newest-guest',
    'read-head',
    'update',
    'sql-check',
  ]
  const options = { ...readOptions([]), shape: TINY, folder, seconds: 0.1, only }
  let rows: Row[] = []

  beforeAll(async () => {
    rows = await runBench(options, () => {})
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('measures ours and bare, and finds the same rows for who reaches all (or fails)', () => {
    expect(rows.flatMap(({ failed }) => failed ?? [])).toEqual([])
    const pages = rows.filter(({ what }) => what.startsWith('page'))
    expect(pages).toHaveLength(3)
    for (const { ours, bare } of pages) expect([ours > 0, (bare ?? 0) > 0]).toEqual([true, true])
  })

  it('prints a line a row', () => {
    const lines = writeTable(rows).split('\n')
    expect(lines).toHaveLength(rows.length + 1)
    expect(lines.some((line) => line.startsWith('update one record, with audit'))).toBe(true)
  })

  it('prints why a row has no figures, and that it misses its bar', () => {
    const [, line = ''] = writeTable([failedRow('page-newest-guest', new Error('503: busy'))]).split('\n')
    expect(line).toMatch(/^page-newest-guest +NO +failed: 503: busy$/)
  })

  it('takes the data set that is there, as it was', async () => {
    const said: string[] = []
    const dataSet = await openDataSet(folder, TINY, { say: (line) => said.push(line) })
    await dataSet.close()
    expect(said).toEqual([])
    expect(dataSet.shape).toEqual(TINY)
  }, 30_000)
})
