import { rmSync } from 'node:fs'
import { PARTS } from '../apps/server/src/benchmark/cast.ts'
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
  /** What it cost, in the unit or beside bare: with the base, and with more records, people, rules. */
  readonly costs: readonly (number | undefined)[]
  /** Whether a page grows as little as it should; absent of what has no such bar. */
  readonly met?: boolean
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
  return base.map((row, index) => growthOf(row, records[index], people[index], rules[index]))
}

/** The logarithm of four times the records is a seventh more, which is the power of 0.1; the rest is for what the machine does besides. */
const MOST = { records: 0.25, people: 0.15, rules: 0.15 }

/** With more rules they reach more by rules, and so read more; the others' reach stays, which is what the bar is for. */
const RULED = (['representative', 'manager', 'eight', 'fifty', 'ruled'] as const).map((part) => PARTS[part])

function growthOf(base: Row, records: Row | undefined, people: Row | undefined, rules: Row | undefined): Growth {
  const exponents = {
    records: exponent(base, records),
    people: exponent(base, people),
    rules: exponent(base, rules),
  }
  const reachGrows = RULED.some((who) => base.what.endsWith(who))
  const isFlat = KINDS.every((kind) => exponents[kind] <= MOST[kind] || (kind === 'rules' && reachGrows))
  return {
    what: base.what,
    unit: base.ratio === undefined ? base.unit : 'beside bare',
    ...exponents,
    costs: [base, records, people, rules].map((row) => row && costOf(row)),
    ...(/page of|buffers/i.test(base.what) && { met: isFlat }),
  }
}

const KINDS = ['records', 'people', 'rules'] as const

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

/**
 * What one costs: of a rate, its inverse. Beside bare, where that was measured in the same seconds: what else the machine did is in both,
 * and a bare page, found by its index, grows with nothing.
 */
function costOf({ unit, ours, ratio }: Row): number {
  const cost = ratio ?? ours
  return unit === '/s' ? 1 / cost : cost
}
