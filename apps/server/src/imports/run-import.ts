import { rm } from 'node:fs/promises'
import type { QueryExecutorProvider } from 'kysely'
import type { Actor } from '../actor.ts'
import type { Progress } from '../jobs/job.ts'
import { requireAdmitted } from '../people/admission.ts'
import { importRows, type RowOutcome } from '../records/import-rows.ts'
import type { ImportRules, RowToImport } from '../records/import-rows-prepare.ts'
import type { RecordsParts } from '../records/parts.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { type CellStyle, findStyles } from './cell-styles.ts'
import { chunksOf, rowsPutOff } from './chunks.ts'
import { BYTE_ORDER_MARK, csvLine } from './csv-line.ts'
import type { ImportFiles } from './import-files.ts'
import { BEGINNING, type ImportPosition, type ImportResult, nextPass, progressOf } from './import-position.ts'
import type { ImportMapping, ImportOptions } from './mapping.ts'
import { type ImportPlan, planImport } from './plan-import.ts'
import type { CsvRow } from './read-csv.ts'
import { readRow } from './read-row.ts'
import { SideFile } from './side-file.ts'
import { openTable, type Table } from './table.ts'

export interface ImportRequest {
  readonly module: string
  readonly mapping: ImportMapping
  readonly overwrite: boolean
  /** Everything is tried and nothing kept. */
  readonly dryRun: boolean
  readonly options?: ImportOptions
  /** What the file was called where it came from. */
  readonly fileName?: string
}

/** What holds an import up between its chunks, and keeps how far it is. */
export interface ImportControl {
  /** Under which it is noted what came of the import; it can't be undone without. */
  readonly id?: string
  /** Whoever imports, as he is now. */
  actor(): Promise<Actor>
  readonly saved: unknown
  goOn(): void
  hold(transaction: QueryExecutorProvider): Promise<void>
  save(progress: Progress, transaction?: QueryExecutorProvider): Promise<void>
}

/** A dry run is one transaction, which a change of policy would have to wait for; so it is a short one. */
const MOST_TRIED = 20_000

interface Import {
  readonly parts: RecordsParts
  readonly request: ImportRequest
  readonly files: ImportFiles
  readonly control: ImportControl
  readonly table: Table
  readonly styles: readonly CellStyle[]
  readonly plans: { current?: { readonly stamp: number; readonly plan: ImportPlan } }
}

interface SideFiles {
  readonly rejected: SideFile
  readonly later: SideFile
}

/**
 * Imports a file, from where it was left, chunk by chunk: each in one transaction, under the policy in force then, with how far the
 * import is in the same transaction. So it can be ended at any moment, and goes on without losing or repeating a row.
 * @throws Problem where the file can't be read or he may not import; JobStopped where `control` says so.
 */
export async function runImport(
  parts: RecordsParts,
  request: ImportRequest,
  files: ImportFiles,
  control: ImportControl,
): Promise<ImportResult> {
  const table = await openTable(files.source, request.options)
  const styles = await findStyles(table.rows(), table.header.length, table.styles)
  const the: Import = { parts, request, files, control, table, styles, plans: {} }
  return request.dryRun ? tryOut(the) : runPasses(the)
}

async function runPasses(the: Import): Promise<ImportResult> {
  let at = (the.control.saved as ImportPosition | undefined) ?? BEGINNING
  if (!the.control.saved) at = await begin(the)
  for (;;) {
    at = await runPass(the, at, (work) => inOwnTransaction(the, work))
    if (at.laterBytes === 0) break
    at = nextPass(at)
    await the.control.save(progressOf(at))
    await rm(the.files.later(at.pass - 2), { force: true }) // what the pass before read, and no resumption asks for any more
  }
  return finish(the, at)
}

/** The plan is made once before any row, so that what is wrong with it is told even of a file without rows. */
async function begin(the: Import): Promise<ImportPosition> {
  return inTransaction(the.parts, await the.control.actor(), async (reading) => planned(the, reading, BEGINNING))
}

function planned(the: Import, reading: Reading, at: ImportPosition): ImportPosition {
  const { columns, unmapped, owner } = planFor(the, reading)
  const named = columns.map(({ header, field }) => [header, field.key])
  const owned = owner ? [[the.table.header[owner.index] ?? '', 'owner']] : []
  return { ...at, columns: Object.fromEntries([...named, ...owned]), unmapped }
}

function planFor({ plans, request, table }: Import, reading: Reading): ImportPlan {
  const { stamp } = reading.snapshot
  if (plans.current?.stamp !== stamp) {
    plans.current = {
      stamp,
      plan: planImport(reading, request.module, table.header, request.mapping, optionsOf(request)),
    }
  }
  return plans.current.plan
}

function optionsOf({ options }: ImportRequest) {
  return { match: options?.match }
}

type InTransaction = (work: (reading: Reading) => Promise<ImportPosition>) => Promise<ImportPosition>

async function inOwnTransaction(
  { parts, control }: Import,
  work: (reading: Reading) => Promise<ImportPosition>,
): Promise<ImportPosition> {
  return inTransaction(parts, await control.actor(), async (reading) => {
    requireAdmitted(reading.snapshot.policy, reading.actor)
    await control.hold(reading.database)
    const next = await work(reading)
    await control.save(progressOf(next), reading.database)
    return next
  })
}

async function runPass(
  the: Import,
  from: ImportPosition,
  inOne: InTransaction,
  most?: number,
): Promise<ImportPosition> {
  const { files, control, table } = the
  if (from.pass === 0) await control.save(progressOf(from, table.roughTotal))
  const side = {
    rejected: await SideFile.open(files.rejected, from.rejectedBytes),
    later: await SideFile.open(files.later(from.pass), from.laterBytes),
  }
  let at = from
  try {
    const rows = from.pass === 0 ? table.rows() : rowsPutOff(files.later(from.pass - 1))
    for await (const chunk of chunksOf(rows, from.position)) {
      control.goOn()
      at = await inOne((reading) => importChunk(the, side, reading, at, chunk))
      side.rejected.keep(at.rejectedBytes)
      side.later.keep(at.laterBytes)
      if (most !== undefined && at.position >= most) break
    }
    return at
  } finally {
    await side.rejected.close()
    await side.later.close()
  }
}

async function importChunk(
  the: Import,
  side: SideFiles,
  reading: Reading,
  at: ImportPosition,
  chunk: readonly CsvRow[],
): Promise<ImportPosition> {
  const { table, styles, parts } = the
  const plan = planFor(the, reading)
  const read = chunk.map((cells) => readRow(plan, styles, cells, table.header.length))
  const rows = read.filter((row): row is RowToImport => !('reasons' in row))
  const outcomes = await importRows(parts, reading, rulesOf(the, plan, at), rows)
  const settled = outcomes.values()
  const all = read.map((row): RowOutcome => ('reasons' in row ? { kind: 'rejected', ...row } : settled.next().value!))
  return countChunk(the, side, planned(the, reading, at), chunk, all)
}

function rulesOf({ request, control }: Import, plan: ImportPlan, { isLast }: ImportPosition): ImportRules {
  const { keys, lookupBy } = plan
  const { module, overwrite, dryRun } = request
  return { module, keys, overwrite, lookupBy, mayWait: !isLast, ...(!dryRun && { noteAs: control.id }) }
}

/** Writes down what wasn't brought in; where the import is after the chunk. */
async function countChunk(
  { table }: Import,
  side: SideFiles,
  at: ImportPosition,
  chunk: readonly CsvRow[],
  outcomes: readonly RowOutcome[],
): Promise<ImportPosition> {
  const count = (kind: RowOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length
  const rejected = chunk.map((cells, index) => rejectedLine(table, cells, outcomes[index])).join('')
  const later = chunk.map((cells, index) => (outcomes[index]?.kind === 'later' ? `${JSON.stringify(cells)}\n` : ''))
  const title = side.rejected.length === 0 ? BYTE_ORDER_MARK + csvLine([...table.header, 'reason']) : ''
  const [created, updated] = [count('created'), count('updated')]
  return {
    ...at,
    created: at.created + created,
    updated: at.updated + updated,
    rejected: at.rejected + count('rejected'),
    position: at.position + chunk.length,
    moved: at.moved || created + updated > 0,
    rejectedBytes: await side.rejected.write(title + rejected),
    laterBytes: await side.later.write(later.join('')),
  }
}

/** A row too long keeps its own cells; one too short is filled up, so that the reason stands in its column. */
function rejectedLine({ header }: Table, cells: CsvRow, outcome: RowOutcome | undefined): string {
  if (outcome?.kind !== 'rejected') return ''
  const missing = Math.max(0, header.length - cells.length)
  return csvLine([...cells, ...Array.from({ length: missing }, () => ''), outcome.reasons.join('; ')])
}

async function finish(the: Import, at: ImportPosition): Promise<ImportResult> {
  const total = at.created + at.updated + at.rejected
  await the.control.save(progressOf(at, total))
  const { created, updated, rejected, columns, unmapped } = at
  return { created, updated, rejected, total, dryRun: the.request.dryRun, columns, unmapped }
}

/** Carries what a dry run found out of the transaction that it undoes. */
class Undone extends Error {
  readonly at: ImportPosition
  constructor(at: ImportPosition) {
    super('A dry run keeps nothing')
    this.at = at
  }
}

async function tryOut(the: Import): Promise<ImportResult> {
  try {
    await inTransaction(the.parts, await the.control.actor(), async (reading) => {
      throw new Undone(await tryPasses(the, reading))
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
    const result = await finish(the, error.at)
    return { ...result, tried: result.total }
  }
  throw new Error('A dry run was kept')
}

/** How far it is, is told when it is through: the transaction is undone with all it holds, and asks for no second connection. */
async function tryPasses(the: Import, reading: Reading): Promise<ImportPosition> {
  const inOne: InTransaction = (work) => work(reading)
  const untold = { ...the, control: { ...the.control, save: async () => {} } }
  let at = await runPass(untold, planned(the, reading, BEGINNING), inOne, MOST_TRIED)
  while (at.laterBytes > 0) at = await runPass(untold, nextPass(at), inOne)
  return at
}
