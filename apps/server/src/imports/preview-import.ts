import { createHash } from 'node:crypto'
import { missingOnModule } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { describeModule } from '../people/describe-module.ts'
import { foretellRows, type RowForetold } from '../records/import-rows-foretell.ts'
import type { RowToImport } from '../records/import-rows-prepare.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { type CellStyle, findStyles } from './cell-styles.ts'
import { chunksOf } from './chunks.ts'
import type { ImportParts } from './import-parts.ts'
import { type ImportPlan, planImport } from './plan-import.ts'
import { showColumns } from './preview-columns.ts'
import { PreviewTally } from './preview-tally.ts'
import type { CsvRow } from './read-csv.ts'
import { readCells } from './read-row.ts'
import type { ImportRequest } from './run-import.ts'
import { createSuggestions, type PersonSuggested } from './suggest-people.ts'
import type { Table } from './table.ts'
import { bareName } from './well-known-names.ts'

const ROWS_SHOWN = 50
const LONGEST_CELL = 500
/** Milliseconds that the rows are looked at; what a larger file holds further down shows when it is tried out or imported. */
const MOST_TIME = 5_000
const MOST_OWNERS = 200

interface Preview {
  readonly parts: ImportParts
  readonly request: ImportRequest
  readonly table: Table
  readonly styles: readonly CellStyle[]
  readonly plans: { current?: { readonly stamp: number; readonly plan: ImportPlan; readonly tally: PreviewTally } }
  readonly shown: ShownRow[]
  readonly samples: CsvRow[]
  readonly owners: Map<string, number>
}

interface ShownRow {
  readonly row: number
  readonly cells: readonly CsvRow[number][]
  readonly read: RowToImport
  readonly reasons: readonly string[]
  readonly unfound: RowForetold['unfound']
}

/**
 * Says what an import of a file would come to, cell by cell for its first rows and added up over all; nothing is written.
 * @throws Problem 404 or 403 where he may not import into the module, 422 where the file or the mapping is wrong
 */
export async function previewImport(parts: ImportParts, actor: Actor, request: ImportRequest, table: Table) {
  const styles = await findStyles(table.rows(), table.header.length, table.styles)
  const the: Preview = { parts, request, table, styles, plans: {}, shown: [], samples: [], owners: new Map() }
  const until = performance.now() + MOST_TIME
  await inTransaction(parts, actor, async (reading) => void planned(the, reading))
  let isWhole = true
  for await (const chunk of chunksOf(table.rows(), 0)) {
    isWhole = performance.now() < until
    if (!isWhole) break
    await inTransaction(parts, actor, (reading) => lookAt(the, reading, chunk))
  }
  return inTransaction(parts, actor, async (reading) => answerOf(the, reading, isWhole))
}

/** The plan under the policy in force; where another one came, what was added up by then still counts. */
function planned(the: Preview, reading: Reading) {
  const { plans, request, table } = the
  const { stamp } = reading.snapshot
  if (plans.current?.stamp === stamp) return plans.current
  const { module, mapping, options } = request
  const plan = planImport(reading, module, table.header, mapping, { match: options?.match, mayBeEmpty: true })
  const fields = new Set([...plan.settable.map(({ key }) => key), 'owner'])
  const naming = ['externalId', ...(plan.module.titleField ? [plan.module.titleField.key] : [])]
  plans.current = { stamp, plan, tally: plans.current?.tally ?? new PreviewTally(fields, naming) }
  return plans.current
}

async function lookAt(the: Preview, reading: Reading, chunk: readonly CsvRow[]): Promise<void> {
  const { plan, tally } = planned(the, reading)
  const { request, table, styles, parts } = the
  const read = chunk.map((cells) => readCells(plan, styles, cells, table.header.length))
  const { module, overwrite } = request
  const rules = { module, keys: plan.keys, overwrite, lookupBy: plan.lookupBy }
  const told = plan.columns.length === 0 ? [] : await foretellRows(parts, reading, rules, read)
  for (const [index, cells] of chunk.entries()) {
    const row = read[index]
    if (row) look(the, plan, tally, { cells, row, told: told[index] })
  }
}

interface Looked {
  readonly cells: CsvRow
  readonly row: ReturnType<typeof readCells>
  readonly told: RowForetold | undefined
}

function look(the: Preview, plan: ImportPlan, tally: PreviewTally, { cells, row, told }: Looked): void {
  if (the.samples.length < 200) the.samples.push(cells)
  const { reasons } = row
  // What is wrong with how a cell reads is also wrong with the value: it is said once.
  const said = new Set(reasons.map((reason) => tally.problemOf(reason).field))
  const more = told && { ...told, reasons: told.reasons.filter((reason) => isNew(tally.problemOf(reason).field, said)) }
  tally.add(row, reasons, more)
  countOwner(the, plan, cells)
  if (the.shown.length >= ROWS_SHOWN) return
  const all = [...reasons, ...(more?.reasons ?? [])]
  the.shown.push({ row: tally.rows, cells, read: row, reasons: all, unfound: told?.unfound ?? [] })
}

function isNew(field: string | undefined, said: ReadonlySet<string | undefined>): boolean {
  return field === undefined || !said.has(field)
}

function countOwner({ owners }: Preview, { owner, people }: ImportPlan, cells: CsvRow): void {
  const text = owner ? (cells[owner.index] ?? '').trim() : ''
  if (!owner || text === '') return
  const named = Object.hasOwn(owner.values, text) ? (owner.values[text] ?? '') : text
  if (people.findOwner(named) !== undefined) return
  if (owners.has(text) || owners.size < MOST_OWNERS) owners.set(text, (owners.get(text) ?? 0) + 1)
}

function answerOf(the: Preview, reading: Reading, isWhole: boolean) {
  const { table, request, styles, samples } = the
  const { plan, tally } = planned(the, reading)
  tally.settle()
  const guessed = planImport(reading, request.module, table.header, {}, { mayBeEmpty: true })
  const { kind, encoding, separator, quote, sheets, sheet, headerRow, header } = table
  return {
    kind,
    encoding,
    separator,
    quote,
    sheets,
    sheet,
    headerRow,
    signature: signatureOf(header),
    columns: showColumns(header, samples, styles, guessed),
    rows: isWhole ? tally.rows : Math.max(tally.rows, table.roughTotal ?? 0),
    looked: tally.rows,
    complete: isWhole,
    counts: tally.counts,
    preview: the.shown.map((row) => showRow(plan, tally, row)),
    problems: tally.problems,
    fields: fieldsToFill(reading, plan),
    owners: ownersOf(the, reading, plan),
    lookups: lookupsOf(plan, tally),
  }
}

/** Files with the same columns, in whatever order, have the same. */
export function signatureOf(header: readonly string[]): string {
  const names = [...new Set(header.map(bareName))].sort()
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32)
}

function showRow(plan: ImportPlan, tally: PreviewTally, { row, cells, read, reasons, unfound }: ShownRow) {
  const byIndex = new Map(plan.columns.map(({ index, field }) => [index, field.key]))
  const missing = unfound.filter(({ field, text, why }) => why === 'inFile' && tally.isMissing(field, text))
  const problems = [
    ...reasons.map((reason) => tally.problemOf(reason)),
    ...missing.map(({ field }) => ({ field, message: 'names no record that is there' })),
  ]
  const errorOf = (field: string | undefined) =>
    problems
      .filter((one) => field !== undefined && one.field === field)
      .map(({ message }) => message)
      .join('; ')
  const shown = cells.map((cell, index) => {
    const field = index === plan.owner?.index ? 'owner' : byIndex.get(index)
    const value =
      field === undefined
        ? undefined
        : (read.values[field] ?? read.lookups[field] ?? (field === 'owner' ? read.owner : undefined))
    const error = errorOf(field)
    return {
      value: cell.slice(0, LONGEST_CELL),
      ...(value !== undefined && error === '' && { read: value }),
      ...(error !== '' && { error }),
    }
  })
  const inCells = new Set([...byIndex.values(), ...(plan.owner ? ['owner'] : [])])
  const errors = problems.flatMap(({ field, message }) =>
    field !== undefined && inCells.has(field) ? [] : [field === undefined ? message : `${field}: ${message}`],
  )
  return { row, cells: shown, errors }
}

/** The fields that the person may fill: no other is named. */
function fieldsToFill(reading: Reading, { module, settable }: ImportPlan) {
  const keys = new Set(settable.map(({ key }) => key))
  return describeModule(reading.snapshot, reading.actor, module).fields.filter(({ field }) => keys.has(field))
}

/** Who might be meant is told to whoever may give records to others: nobody else has a use for it. */
function ownersOf({ owners, table }: Preview, reading: Reading, { module, owner }: ImportPlan) {
  const { snapshot, actor } = reading
  const mayChoose = missingOnModule(snapshot.policy, actor.user, module.key, 'transfer', actor.asking) === undefined
  const suggest: (text: string) => PersonSuggested[] = mayChoose ? createSuggestions(snapshot.policy) : () => []
  const unmatched = [...owners].sort(([, one], [, other]) => other - one)
  return {
    column: owner && (table.header[owner.index] ?? ''),
    mayChoose,
    unmatched: unmatched.map(([name, count]) => ({ name, count, suggestions: suggest(name) })),
  }
}

function lookupsOf({ columns }: ImportPlan, tally: PreviewTally) {
  return columns
    .filter(({ field }) => field.type === 'lookup')
    .map(({ field: { key }, header }) => {
      const unmatched = tally.unfound.filter(({ field }) => field === key)
      return {
        field: key,
        column: header,
        unmatched: unmatched.map(({ text, count, several }) => ({ text: text.slice(0, LONGEST_CELL), count, several })),
        count: unmatched.reduce((sum, one) => sum + one.count, 0),
      }
    })
}
