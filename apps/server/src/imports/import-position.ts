import type { Progress } from '../jobs/job.ts'

export interface ImportCounts {
  readonly created: number
  readonly updated: number
  readonly rejected: number
}

export interface ImportResult extends ImportCounts {
  readonly total: number
  readonly dryRun: boolean
  /** Of a dry run, how many rows were tried. */
  readonly tried?: number
  /** Column of the file → field. */
  readonly columns: Readonly<Record<string, string>>
  readonly unmapped: readonly string[]
}

/** How far an import is: saved in the transaction of the rows that it counts. */
export interface ImportPosition extends ImportCounts {
  /** 0 reads the file; the passes after it, what the one before put off. */
  readonly pass: number
  /** Rows of the pass that are settled. */
  readonly position: number
  readonly rejectedBytes: number
  readonly laterBytes: number
  /** Whether this pass brought anything in: where one didn't, the next is the last. */
  readonly moved: boolean
  readonly isLast: boolean
  readonly columns: Readonly<Record<string, string>>
  readonly unmapped: readonly string[]
}

export const BEGINNING: ImportPosition = {
  created: 0,
  updated: 0,
  rejected: 0,
  pass: 0,
  position: 0,
  rejectedBytes: 0,
  laterBytes: 0,
  moved: false,
  isLast: false,
  columns: {},
  unmapped: [],
}

/** The pass that takes up what this one put off. */
export function nextPass(at: ImportPosition): ImportPosition {
  const isLast = at.pass > 0 && !at.moved
  return { ...at, pass: at.pass + 1, position: 0, laterBytes: 0, moved: false, isLast }
}

/** @param total how many rows there are, as far as it is known */
export function progressOf(at: ImportPosition, total?: number): Progress {
  return { done: at.created + at.updated + at.rejected, total, saved: at }
}
