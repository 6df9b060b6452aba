import type { Problem } from '../problem.ts'
import {
  beginRun,
  EXISTS,
  existingOf,
  type ImportRules,
  keyOf,
  NO_RECORD,
  type Open,
  prepare,
  type RowToImport,
  type Run,
  reasonsOf,
  targetsOf,
} from './import-rows-prepare.ts'
import { type RowToWrite, writeRows } from './import-rows-write.ts'
import type { RecordsParts } from './parts.ts'
import type { Reading } from './stamped.ts'

export type RowOutcome =
  | { readonly kind: 'created' | 'updated' | 'later' }
  | { readonly kind: 'rejected'; readonly reasons: readonly string[] }

/**
 * Imports rows inside a transaction (of `inTransaction`): each is created, changes the record that it matches, is put off, or is rejected
 * with its reasons, without holding up the others. A row may refer to one above it.
 * @throws Problem 404 or 403 where the person may not import into the module at all.
 */
export async function importRows(
  parts: RecordsParts,
  reading: Reading,
  rules: ImportRules,
  rows: readonly RowToImport[],
): Promise<RowOutcome[]> {
  const run = beginRun(parts, reading, rules)
  const outcomes = new Map<number, RowOutcome>()
  let open: readonly Open[] = rows.map((row, index) => ({ index, row }))
  while (open.length > 0) open = await settleSome(run, open, outcomes)
  return rows.map((_row, index) => outcomes.get(index) ?? { kind: 'rejected', reasons: [] })
}

/** Settles at least one of the open rows; answers those that are left. */
async function settleSome(
  run: Run,
  open: readonly Open[],
  outcomes: Map<number, RowOutcome>,
): Promise<readonly Open[]> {
  const { first, again } = splitByKey(run, open)
  const waiting = await settleFirst(run, first, outcomes)
  if (waiting.length < first.length) return [...waiting, ...again].sort((one, other) => one.index - other.index)
  const outcome: RowOutcome = run.rules.mayWait ? { kind: 'later' } : rejectedFor(ownLookups(run, waiting))
  for (const { index } of run.rules.mayWait ? open : waiting) outcomes.set(index, outcome)
  return run.rules.mayWait ? [] : again
}

/** The first row of each key, and those that must see what came of it. */
function splitByKey({ rules: { keys } }: Run, open: readonly Open[]) {
  const seen = new Set<string>()
  const first: Open[] = []
  const again: Open[] = []
  for (const one of open) {
    const form = keyOf(keys, one.row)?.name
    if (form !== undefined && seen.has(form)) again.push(one)
    else first.push(one)
    if (form !== undefined) seen.add(form)
  }
  return { first, again }
}

function ownLookups({ module }: Run, waiting: readonly Open[]): string[] {
  const named = new Set(waiting.flatMap(({ row }) => Object.keys(row.lookups)))
  return [...named].filter((key) => module.fields.get(key)?.module === module.key).map((key) => `${key}: ${NO_RECORD}`)
}

/** Settles every row but those that look up a record of the module which isn't there; answers these. */
async function settleFirst(run: Run, rows: readonly Open[], outcomes: Map<number, RowOutcome>): Promise<Open[]> {
  const targets = await targetsOf(run, rows)
  const existing = await existingOf(run, rows)
  const waiting: Open[] = []
  const writes: (RowToWrite & Open)[] = []
  for (const one of rows) {
    const prepared = prepare(run, one.row, targets, existing)
    if (prepared === 'waits') waiting.push(one)
    else if ('reasons' in prepared) outcomes.set(one.index, rejectedFor(prepared.reasons))
    else writes.push({ ...one, ...prepared })
  }
  const unwritten = await writeRows(run.parts, run.reading, run.module, withValues(writes), run.rules.noteAs)
  for (const { index, ownerId } of writes) outcomes.set(index, { kind: ownerId === undefined ? 'updated' : 'created' })
  for (const { row, problem } of unwritten) outcomes.set(row.index, rejectedFor(takenReasons(run, problem)))
  return waiting
}

/** A row that holds nothing but the key of an existing record changes nothing. */
function withValues<Row extends RowToWrite>(writes: readonly Row[]): Row[] {
  return writes.filter(({ ownerId, values }) => ownerId !== undefined || values.size > 0)
}

function rejectedFor(reasons: readonly string[]): RowOutcome {
  return { kind: 'rejected', reasons }
}

/** The key of a record that he can't read is spoken of as that of one that he can. */
function takenReasons({ rules: { keys } }: Run, problem: Problem): string[] {
  const key = keys.find((one) => problem.errors?.some(({ path }) => path === `/${one}`))
  return problem.status === 409 && key !== undefined ? [`${key}: ${EXISTS}`] : reasonsOf(problem)
}
