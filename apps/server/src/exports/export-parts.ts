import type { RecordsParts } from '../records/parts.ts'

/** What exports are made of. */
export interface ExportParts extends RecordsParts {
  /** Where files lie until they are fetched: a folder of the program's own. Several processes on one database share it. */
  readonly filesFolder: string
  /** Epoch milliseconds. */
  now(): number
}
