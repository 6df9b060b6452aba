import { fold, type Key, type PolicyField } from '@bailiwick/access'
import type { RowToImport } from '../records/import-rows-prepare.ts'
import type { CellStyle } from './cell-styles.ts'
import { type ColumnPlan, type ImportPlan, NO_OWNER } from './plan-import.ts'
import { readCell } from './read-cell.ts'
import { wellKnownValue } from './well-known-names.ts'

/** A row of a file as it is to be imported, or why it can't be. */
export type ReadRow = RowToImport | { readonly reasons: readonly string[] }

const LONGEST_NAME = 4_000

/** Reads the cells of a row as the plan says. */
export function readRow(
  plan: ImportPlan,
  styles: readonly CellStyle[],
  cells: readonly string[],
  width: number,
): ReadRow {
  const { reasons, ...row } = readCells(plan, styles, cells, width)
  return reasons.length > 0 ? { reasons } : row
}

/** The same, with what could be read beside what couldn't. */
export function readCells(
  plan: ImportPlan,
  styles: readonly CellStyle[],
  cells: readonly string[],
  width: number,
): RowToImport & { readonly reasons: readonly string[] } {
  if (cells.length !== width) {
    return { ...NOTHING_READ, reasons: [`has ${cells.length} columns where the header has ${width}`] }
  }
  const reasons: string[] = []
  const values: Record<Key, unknown> = {}
  const lookups: Record<Key, string> = {}
  for (const column of plan.columns) {
    const text = meaningOf(column, cells[column.index] ?? '')
    if (text === '') continue
    if (!isStorable(text)) reasons.push(`${column.field.key}: holds a character that can't be stored`)
    else if (column.field.type === 'lookup') lookups[column.field.key] = text.slice(0, LONGEST_NAME)
    else values[column.field.key] = cellValue(plan, column, text, styles[column.index])
  }
  const owner = ownerOf(plan, cells)
  if (owner === undefined) reasons.push(`owner: ${NO_OWNER}`)
  const fallback = { ...plan.defaults, ...titleOf(plan, values, lookups) }
  return { values, lookups, fallback, reasons, ...(owner && { owner }) }
}

const NOTHING_READ: RowToImport = { values: {}, lookups: {}, fallback: {} }

function meaningOf({ values }: ColumnPlan, cell: string): string {
  const text = cell.trim()
  return values && Object.hasOwn(values, text) ? (values[text] ?? '') : text
}

/** Whether PostgreSQL can store the text. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function cellValue({ people, timeZone }: ImportPlan, column: ColumnPlan, text: string, style: CellStyle | undefined) {
  const { field, dateOrder, decimal } = column
  if (field.type === 'choice') return optionOf(field, text)
  if (field.type === 'user') return people.findUser(text) ?? text
  const form = { decimal: decimal ?? style?.decimal ?? '.', dateOrder: dateOrder ?? style?.dateOrder }
  const value = readCell(field, text, form, timeZone)
  return field.type === 'choices' && Array.isArray(value) ? value.map((one) => optionOf(field, one)) : value
}

/** An option by its value, by its name in any language, or by what another system calls it. */
function optionOf(field: PolicyField, text: string): string {
  const folded = fold(text)
  const option =
    field.options.find(({ value }) => fold(value) === folded) ??
    field.options.find(({ name }) =>
      (typeof name === 'string' ? [name] : Object.values(name)).some((one) => fold(one) === folded),
    ) ??
    field.options.find(({ value }) => value === wellKnownValue(text))
  return option?.value ?? text
}

/** '' for whoever imports; nothing where the file names somebody that there isn't. */
function ownerOf({ owner, fixedOwner, people }: ImportPlan, cells: readonly string[]): string | undefined {
  if (fixedOwner !== undefined) return fixedOwner
  const text = owner ? (cells[owner.index] ?? '').trim() : ''
  if (!owner || text === '') return ''
  const named = Object.hasOwn(owner.values, text) ? (owner.values[text] ?? '') : text
  return people.findOwner(named) ?? (owner.isGuessed ? '' : undefined)
}

/** A deal of a file without names is called by its customer and product; what looks nothing up, by its number. */
function titleOf(
  { madeTitle }: ImportPlan,
  values: Readonly<Record<Key, unknown>>,
  lookups: Readonly<Record<Key, string>>,
) {
  if (madeTitle === undefined) return {}
  const title = Object.values(lookups).join(': ') || values.externalId
  return title === undefined ? {} : { [madeTitle]: title }
}
