import type { DecisionRow, HttpRow, PageRow, Reader, Result } from './result.ts'

type Print = (line: string) => void

const READERS: readonly (readonly [Reader, string])[] = [
  ['representative', 'representative'],
  ['manager', 'manager'],
  ['oldManager', 'old records'],
  ['head', 'head'],
  ['auditor', 'sees all'],
]

export function printResult(result: Result, print: Print): void {
  const { machine, people, deals } = result
  print(
    `${people} people, 50 roles, ${deals.toLocaleString('en')} deals; PostgreSQL ${machine.postgres}, Node ${machine.node}`,
  )
  print(`${machine.processors} processors, load ${machine.load.toFixed(1)} at the end\n`)
  const rows = [...decisions(result.decisions), ...pages(result.pages), ...http(result.http)]
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)), [])
  for (const row of rows)
    print(
      row
        .map((cell, at) => pad(cell, widths[at] ?? 0, at))
        .join('  ')
        .trimEnd(),
    )
  for (const difference of result.differences) print(`! answers otherwise: ${difference}`)
  for (const { peer, reason } of result.notRun) print(`! not run: ${peer}: ${reason}`)
}

const pad = (cell: string, width: number, at: number) => (at === 0 ? cell.padEnd(width) : cell.padStart(width))

/** A row that is narrower than another is filled up, so that one table holds all three parts. */
const COLUMNS = 6
const filled = (row: readonly string[]): string[] => Array.from({ length: COLUMNS }, (_, at) => row[at] ?? '')

function decisions(rows: readonly DecisionRow[]): string[][] {
  const lines = rows.map(({ peer, version, p50, perSecond, agreement }) => [
    `${peer} ${version}`,
    microseconds(p50),
    whole(perSecond),
    agreement.different === 0
      ? `as the law, ${agreement.asked}`
      : `${agreement.different} of ${agreement.asked} OTHERWISE`,
  ])
  return part(['decisions, one thread', 'p50', 'a second', 'answers'], lines)
}

function pages(rows: readonly PageRow[]): string[][] {
  const lines = rows.map(({ peer, version, p50, givenUp, different }) => [
    `${peer} ${version}`,
    ...READERS.map(([reader]) => {
      if (givenUp.includes(reader)) return '> 30 s'
      return `${milliseconds(p50[reader])}${different.includes(reader) ? ' OTHERWISE' : ''}`
    }),
  ])
  return part(['first 50 newest', ...READERS.map(([, name]) => name)], lines)
}

function http(rows: readonly HttpRow[]): string[][] {
  const servers = Object.keys(rows[0]?.of ?? {})
  const lines = rows.map(({ what, of, ahead, unit }) => [
    `${what}, ${unit}`,
    ...servers.map((server, at) => `${figure(of[server], unit)}${at === 0 ? '' : times(ahead?.[server])}`),
  ])
  return part(['over HTTP, ten connections; ×: the first beside it', ...servers], lines)
}

function part(head: readonly string[], lines: readonly string[][]): string[][] {
  return lines.length === 0 ? [] : [filled(head), ...lines.map(filled), filled([])]
}

const whole = (value: number) => Math.round(value).toLocaleString('en')
const microseconds = (value: number) => (value < 0.1 ? `${(value * 1_000).toPrecision(2)} µs` : milliseconds(value))
const milliseconds = (value: number | undefined) =>
  value === undefined ? '–' : value < 100 ? `${value.toPrecision(2)} ms` : `${whole(value)} ms`
const times = (ratio: number | undefined) => (ratio === undefined ? '' : ` (${ratio.toPrecision(3)} ×)`)
const figure = (value: number | undefined, unit: string) =>
  value === undefined || Number.isNaN(value) ? '–' : unit === 'MB' ? value.toFixed(0) : whole(value)
