import { rmSync } from 'node:fs'
import { SHAPES, type Shape } from '../apps/server/src/benchmark/shape.ts'
import type { Options } from './options.ts'
import type { Row } from './rows/row.ts'
import { runBench } from './run-bench.ts'

/** How each row grows with one kind of thing: its cost grows with the n-th power of it. */
export interface Growth {
  readonly what: string
  readonly unit: string
  readonly records: number
  readonly people: number
  readonly rules: number
}

const FACTOR = 4
const ROWS = ['page-newest', 'page-by-name', 'sql-page-newest', 'sql-check', 'read', 'engine']

const BASE: Shape = {
  ...SHAPES.small!,
  name: 'base',
  accounts: 20_000,
  deals: 20_000,
  users: 500,
  sharingRules: 30,
  fieldSales: 50,
}
const GROWN: { readonly [of in 'records' | 'people' | 'rules']: Shape } = {
  records: { ...BASE, name: 'records', accounts: BASE.accounts * FACTOR, deals: BASE.deals * FACTOR },
  people: { ...BASE, name: 'people', users: BASE.users * FACTOR },
  rules: { ...BASE, name: 'rules', sharingRules: BASE.sharingRules * FACTOR },
}

/** Measures a small data set, then four times the records, the people, and the rules: two doublings each, so that noise counts less. */
export async function measureGrowth(options: Options, say: (line: string) => void): Promise<Growth[]> {
  const measure = (shape: Shape) => measureShape(options, shape, say)
  const base = await measure(BASE)
  const [records, people, rules] = [
    await measure(GROWN.records),
    await measure(GROWN.people),
    await measure(GROWN.rules),
  ]
  return base.map((row, index) => ({
    what: row.what,
    unit: row.unit,
    records: exponent(row, records[index]),
    people: exponent(row, people[index]),
    rules: exponent(row, rules[index]),
  }))
}

async function measureShape(options: Options, shape: Shape, say: (line: string) => void): Promise<Row[]> {
  const folder = `${options.folder}-growth-${shape.name}`
  const only = options.only.length === 0 ? ROWS : options.only
  try {
    return await runBench({ ...options, shape, folder, only, keep: false }, (line) => say(`${shape.name}: ${line}`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Nothing where the two aren't the same row. */
function exponent(before: Row, after: Row | undefined): number {
  if (!after) return Number.NaN
  return Math.log(costOf(after) / costOf(before)) / Math.log(FACTOR)
}

/** What one costs: of a rate, its inverse. */
function costOf({ unit, ours }: Row): number {
  return unit === '/s' ? 1 / ours : ours
}
