import type { PolicyField } from '@bailiwick/access'
import type { CellStyle } from './cell-styles.ts'
import type { ColumnPlan, ImportPlan } from './plan-import.ts'
import type { CsvRow } from './read-csv.ts'
import { bareName } from './well-known-names.ts'

const MOST_SAMPLES = 5
const LONGEST_SAMPLE = 200
/** Where a column's name only holds the name of a field. */
const BY_PART = 0.4
/** Where the cells don't look like the field's values. */
const UNLIKELY = 0.5

/** A column of the file as the person is shown it. */
export interface ColumnShown {
  readonly header: string
  readonly samples: readonly string[]
  readonly suggested?: string
  /** From 0 (nothing is suggested) to 1. */
  readonly confidence: number
  readonly format?: { readonly decimal?: ',' | '.'; readonly dateOrder?: 'dmy' | 'mdy' | 'iso' }
}

/** What each column seems to be, whatever a mapping says of it. @param guessed what an import without a mapping would take it for */
export function showColumns(
  header: readonly string[],
  samples: readonly CsvRow[],
  styles: readonly CellStyle[],
  guessed: ImportPlan,
): ColumnShown[] {
  const byIndex = new Map(guessed.columns.map((column) => [column.index, column]))
  const free = freeFields(guessed)
  return header.map((name, index) => {
    const style = styles[index]
    const suggested = byIndex.get(index) ?? findByPart(free, name)
    const isOwner = guessed.owner?.index === index
    return {
      header: name,
      samples: samplesOf(samples, index),
      ...(isOwner ? { suggested: 'owner', confidence: 1 } : confident(suggested, style)),
      ...(style && formatOf(style)),
    }
  })
}

function freeFields({ columns, settable }: ImportPlan): PolicyField[] {
  const taken = new Set(columns.map(({ field }) => field))
  return settable.filter((field) => !taken.has(field))
}

function findByPart(
  free: readonly PolicyField[],
  header: string,
): Pick<ColumnPlan, 'field' | 'confidence'> | undefined {
  const bare = bareName(header)
  const fits = free.filter(({ key }) => key.length >= 4 && bare.length >= 4 && bare.includes(bareName(key)))
  const [field] = fits.sort((one, other) => other.key.length - one.key.length)
  return field && { field, confidence: BY_PART }
}

function confident(suggested: Pick<ColumnPlan, 'field' | 'confidence'> | undefined, style: CellStyle | undefined) {
  if (!suggested) return { confidence: 0 }
  const { field, confidence = 1 } = suggested
  return { suggested: field.key, confidence: isLikely(field, style) ? confidence : confidence * UNLIKELY }
}

const NUMBERS: ReadonlySet<string> = new Set(['number', 'integer', 'money', 'percent'])
const DATES: ReadonlySet<string> = new Set(['date', 'dateTime'])

/** Whether at least half of the cells look like what the field holds. */
function isLikely({ type }: PolicyField, style: CellStyle | undefined): boolean {
  if (!style || style.looks.filled === 0) return true
  const { filled, numbers, dates } = style.looks
  if (NUMBERS.has(type)) return numbers * 2 >= filled
  return DATES.has(type) ? dates * 2 >= filled : true
}

/** How a column of numbers or dates writes them. */
function formatOf({ decimal, dateOrder, looks }: CellStyle) {
  const { filled, numbers, dates, yearFirst } = looks
  if (filled > 0 && dates * 2 >= filled) {
    const order = yearFirst * 2 >= dates ? ('iso' as const) : dateOrder
    return { format: { ...(order && { dateOrder: order }) } }
  }
  return filled > 0 && numbers * 2 >= filled ? { format: { decimal } } : undefined
}

function samplesOf(rows: readonly CsvRow[], index: number): string[] {
  const cells = rows.map((row) => (row[index] ?? '').trim().slice(0, LONGEST_SAMPLE))
  return [...new Set(cells.filter((cell) => cell !== ''))].slice(0, MOST_SAMPLES)
}
