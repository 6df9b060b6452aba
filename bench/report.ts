import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release, type } from 'node:os'
import path from 'node:path'
import type { Growth } from './growth.ts'
import type { Row } from './rows/row.ts'

const HEAD = ['what', 'ours', 'bare', 'ratio', 'bar', 'met', 'note']
const RIGHT = new Set([1, 2, 3])

/** The rows as a table for a terminal. */
export function writeTable(rows: readonly Row[]): string {
  return alignedLines([HEAD, ...rows.map(cellsOf)])
}

/** The exponents of growth as a table. */
export function writeGrowth(growths: readonly Growth[]): string {
  const lines = growths.map(({ what, unit, records, people, rules, met }) => {
    return [what, ...[records, people, rules].map((exponent) => exponent.toFixed(2)), metIn(met), unit]
  })
  return alignedLines([['grows with the power of', 'records', 'people', 'rules', 'met', 'unit'], ...lines])
}

function alignedLines(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_name, column) => Math.max(...lines.map((line) => line[column]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column]!, RIGHT.has(column)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf({ what, unit, ours, bare, ratio, bar, met, note }: Row): string[] {
  return [what, figure(ours, unit), figure(bare, unit), figure(ratio, ''), bar ?? '', metIn(met), note ?? '']
}

function metIn(met: boolean | undefined): string {
  return met === undefined ? '' : met ? 'yes' : 'NO'
}

function pad(cell: string, width: number, isRight: boolean): string {
  return isRight ? cell.padStart(width) : cell.padEnd(width)
}

function figure(value: number | undefined, unit: string): string {
  if (value === undefined || Number.isNaN(value)) return ''
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '' ? text : `${text} ${unit}`
}

/** Keeps the rows of a run beside the tool. @returns the file */
export function keepResults(size: string, rows: readonly (Row | Growth)[], seconds: number, at: Date): string {
  const folder = path.join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${size}.json`)
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    system: `${type()} ${release()}`,
    node: process.version,
  }
  writeFileSync(file, `${JSON.stringify({ at: at.toISOString(), size, seconds, machine, rows }, null, 2)}\n`)
  return file
}
