import type { Key } from '@bailiwick/access'
import type { Existing } from './import-rows-existing.ts'
import type { Targets } from './import-rows-lookups.ts'
import {
  beginRun,
  existingOf,
  type ImportRules,
  prepare,
  type RowToImport,
  type Run,
  targetsOf,
} from './import-rows-prepare.ts'
import type { RecordsParts } from './parts.ts'
import type { Reading } from './stamped.ts'

/** What would come of a row, as far as it can be told without writing it. */
export interface RowForetold {
  readonly kind: 'create' | 'update' | 'reject'
  readonly reasons: readonly string[]
  /** Names of records that the person doesn't find; `inFile` where they may stand further down in the file itself. */
  readonly unfound: readonly {
    readonly field: Key
    readonly text: string
    readonly why: 'missing' | 'several' | 'inFile'
  }[]
}

/**
 * What would come of rows, in a transaction of `inTransaction`: nothing is written or locked. A unique value that is taken shows only
 * when it is written.
 * @throws Problem as `importRows`
 */
export async function foretellRows(
  parts: RecordsParts,
  reading: Reading,
  rules: Omit<ImportRules, 'mayWait' | 'noteAs'>,
  rows: readonly RowToImport[],
): Promise<RowForetold[]> {
  const run = beginRun(parts, reading, { ...rules, mayWait: true })
  const open = rows.map((row, index) => ({ index, row }))
  const targets = await targetsOf(run, open)
  const existing = await existingOf(run, open, false)
  return rows.map((row) => foretell(run, row, targets, existing))
}

function foretell(run: Run, row: RowToImport, targets: ReadonlyMap<Key, Targets>, existing: Existing): RowForetold {
  const unfound = Object.entries(row.lookups).flatMap(([field, text]) => {
    const target = targets.get(field)?.get(text)
    if (target !== undefined && target !== 'several') return []
    const isOwn = run.module.fields.get(field)?.module === run.module.key
    return [{ field, text, why: target ?? (isOwn ? ('inFile' as const) : ('missing' as const)) }]
  })
  const later = new Set(unfound.filter(({ why }) => why === 'inFile').map(({ field }) => field))
  const lookups = Object.fromEntries(Object.entries(row.lookups).filter(([field]) => !later.has(field)))
  const prepared = prepare(run, { ...row, lookups }, targets, existing)
  if (prepared === 'waits') return { kind: 'create', reasons: [], unfound }
  if ('reasons' in prepared) {
    const reasons = prepared.reasons.filter((reason) => ![...later].some((field) => reason.startsWith(`${field}: `)))
    return { kind: 'reject', reasons, unfound }
  }
  return { kind: prepared.ownerId === undefined ? 'update' : 'create', reasons: [], unfound }
}
