import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import type { RecordsParts } from '../records/parts.ts'

/** What the files of records are made of. */
export interface FileParts extends RecordsParts {
  /** A folder of the program's own. Several processes on one database share it. */
  readonly filesFolder: string
  /** Bytes that one file may have. */
  readonly largestFile: number
  random(bytes: number): Buffer
  now(): number
}

/** And what sweeping them takes besides. */
export interface SweepParts extends FileParts {
  readonly database: FileParts['database'] & { readonly control: Kysely<ControlTables> }
}
