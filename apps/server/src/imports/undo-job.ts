import type { JobKind, RunningJob } from '../jobs/job.ts'
import { requireAdmitted } from '../people/admission.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { type Undoing, undoRows } from '../records/undo-rows.ts'
import { countNotes, dropNotes, findNotes } from './import-notes.ts'
import type { ImportParts } from './import-parts.ts'

export const UNDO_IMPORT = 'undo-import'

export interface UndoInput {
  readonly import: string
  readonly module: string
  /** Also what the import made and somebody has changed since. */
  readonly force: boolean
}

/** What came of it: figures are of records. */
export interface UndoResult {
  readonly undone: { readonly deleted: number; readonly restored: number; readonly partly: number }
  /** Changed since, or holding a value that another record has by now: they are as they were. The first thousand are named. */
  readonly left: {
    readonly count: number
    readonly records: readonly { readonly id: string; readonly reason: string }[]
  }
  /** Not his to undo, or not there any more. */
  readonly notPermitted: number
}

interface UndoPosition extends UndoResult {
  readonly after?: string
}

const BEGINNING: UndoPosition = {
  undone: { deleted: 0, restored: 0, partly: 0 },
  left: { count: 0, records: [] },
  notPermitted: 0,
}
const ROWS_AT_ONCE = 200
const MOST_NAMED = 1_000

/**
 * Undoes an import as a job: some records in each transaction, with what is noted of them and how far it is. What was undone is noted no
 * more, so nothing is undone twice; what is left can be tried again.
 */
export function undoJob(parts: ImportParts): JobKind {
  return {
    kind: UNDO_IMPORT,
    audit: (input) => {
      const { import: undone, module } = input as UndoInput
      return { action: 'undoImport', module, details: { import: undone } }
    },
    run: (job) => undoAll(parts, job, job.input as UndoInput),
  }
}

async function undoAll(parts: ImportParts, job: RunningJob, input: UndoInput): Promise<UndoResult> {
  let at = (job.saved as UndoPosition | undefined) ?? BEGINNING
  const isNew = job.saved === undefined
  if (isNew)
    await inTransaction(parts, await job.actor(), async ({ database }) => {
      await job.save({ done: 0, total: await countNotes(database, input.import) })
    })
  for (;;) {
    job.goOn()
    const next = await inTransaction(parts, await job.actor(), (reading) => undoSome(parts, job, reading, input, at))
    if (!next) break
    at = next
  }
  const { after: _after, ...result } = at
  return result
}

async function undoSome(
  parts: ImportParts,
  job: RunningJob,
  reading: Reading,
  { import: id, module, force }: UndoInput,
  at: UndoPosition,
): Promise<UndoPosition | undefined> {
  requireAdmitted(reading.snapshot.policy, reading.actor)
  await job.hold(reading.database)
  const rows = await findNotes(reading.database, id, at.after, ROWS_AT_ONCE)
  const last = rows.at(-1)
  if (!last) return undefined
  const outcomes = await undoRows(parts, reading, module, rows, force)
  const isUndone = (outcome: Undoing) => outcome === 'deleted' || outcome === 'restored' || outcome === 'partly'
  await dropNotes(
    reading.database,
    id,
    [...outcomes].flatMap(([record, outcome]) => (isUndone(outcome) ? record : [])),
  )
  const next = { ...countedIn(at, outcomes), after: last.id }
  await job.save({ done: doneBy(next), saved: next }, reading.database)
  return next
}

function countedIn(at: UndoPosition, outcomes: ReadonlyMap<string, Undoing>): UndoPosition {
  const count = (wanted: Undoing) => [...outcomes.values()].filter((outcome) => outcome === wanted).length
  const left = [...outcomes].flatMap(([id, outcome]) =>
    outcome === 'changed' || outcome === 'taken' ? [{ id, reason: outcome }] : [],
  )
  return {
    undone: {
      deleted: at.undone.deleted + count('deleted'),
      restored: at.undone.restored + count('restored'),
      partly: at.undone.partly + count('partly'),
    },
    left: { count: at.left.count + left.length, records: [...at.left.records, ...left].slice(0, MOST_NAMED) },
    notPermitted: at.notPermitted + count('notPermitted'),
  }
}

function doneBy({ undone, left, notPermitted }: UndoPosition): number {
  return undone.deleted + undone.restored + undone.partly + left.count + notPermitted
}
