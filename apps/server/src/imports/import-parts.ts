import type { RecordsParts } from '../records/parts.ts'

/** What imports are made of. */
export interface ImportParts extends RecordsParts {
  /** Where uploaded files and rejected rows lie: a folder of the program's own. Several processes on one database share it. */
  readonly filesFolder: string
  /** Epoch milliseconds. */
  now(): number
}
