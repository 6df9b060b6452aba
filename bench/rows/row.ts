import type { Part } from '../../apps/server/src/benchmark/cast.ts'
import type { OpenDataSet } from '../data-set/open-data-set.ts'
import type { Answer, Gun, Shot } from '../load/fire.ts'
import type { ChildServer } from '../servers/child-server.ts'

/** A line of the table. */
export interface Row {
  readonly what: string
  /** Of `ours` and `bare`: `/s`, `ms`, `MB`, … */
  readonly unit: string
  readonly ours: number
  readonly bare?: number
  /** `ours / bare`. */
  readonly ratio?: number
  /** What `performance` asks for, in words; absent where nothing was asked. */
  readonly bar?: string
  readonly met?: boolean
  readonly note?: string
  /** Why there are no figures. */
  readonly failed?: string
}

/** Something to measure; `name` is what `--only` picks it by. */
export interface Measurement {
  readonly name: string
  run(bench: Bench): Promise<readonly Row[]>
}

/** What measurements work with. */
export interface Bench {
  readonly dataSet: OpenDataSet
  readonly ours: Gun
  readonly bare: Gun
  readonly server: ChildServer
  /** How long a row fires at each of the two, in all. */
  readonly seconds: number
  readonly say: (line: string) => void
}

/** A request of somebody's, with his key. */
export function askedBy({ dataSet }: Pick<Bench, 'dataSet'>, part: Part, shot: Shot): Shot {
  const key = dataSet.keys[dataSet.cast[part]]
  return { ...shot, headers: { ...shot.headers, authorization: `Bearer ${key}` } }
}

export function get(path: string): Shot {
  return { method: 'GET', path }
}

export function post(path: string, body: unknown): Shot {
  return { method: 'POST', path, body: JSON.stringify(body) }
}

/** The body of a success. @throws where it is none */
export function readBody<Body>({ status, text }: Answer): Body {
  if (status >= 300) throw new Error(`${status}: ${text}`)
  return JSON.parse(text)
}

/** What stands in the table for rows that couldn't be measured. */
export function failedRow(name: string, error: unknown): Row {
  const failed = error instanceof Error ? error.message : String(error)
  return { what: name, unit: '', ours: Number.NaN, met: false, note: `failed: ${failed}`, failed }
}

/** A row whose higher figure is the better one. */
export function atLeast(bar: number, row: Row & { readonly ratio: number }): Row {
  return { ...row, bar: `≥ ${bar.toFixed(2)}`, met: row.ratio >= bar }
}

/** A row of times, whose ratio must stay under a bound. */
export function atMostTimes(bar: number, row: Row & { readonly ratio: number }): Row {
  return { ...row, bar: `≤ ${bar} ×`, met: row.ratio <= bar }
}

/** A row whose own figure must reach a bound. */
export function atLeastFigure(bar: number, row: Row): Row {
  return { ...row, bar: `≥ ${bar.toLocaleString('en')} ${row.unit}`, met: row.ours >= bar }
}

/** A row whose own figure must stay under a bound. */
export function atMost(bar: number, row: Row): Row {
  return { ...row, bar: `≤ ${bar} ${row.unit}`, met: row.ours <= bar }
}
