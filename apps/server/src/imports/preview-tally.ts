import { fold, type Key } from '@bailiwick/access'
import type { RowForetold } from '../records/import-rows-foretell.ts'
import type { RowToImport } from '../records/import-rows-prepare.ts'

export interface ProblemTold {
  /** Nothing where it is about the row as a whole. */
  readonly field?: Key
  readonly message: string
  readonly count: number
  readonly firstRow: number
}

export interface UnfoundTold {
  readonly field: Key
  readonly text: string
  readonly count: number
  readonly several: boolean
}

interface Named {
  readonly field: Key
  readonly text: string
  readonly several: boolean
  readonly firstRow: number
  count: number
}

const MOST_PROBLEMS = 200
const MOST_NAMES = 500
/** Names that rows of the file itself have, for those that refer to them. */
const MOST_OWN_NAMES = 300_000
const NO_RECORD = 'names no record that is there'

/** What is wrong with a file, added up over its rows. */
export class PreviewTally {
  readonly #problems = new Map<string, { field?: Key; message: string; count: number; firstRow: number }>()
  readonly #unfound = new Map<string, Named>()
  /** Named in the file, and perhaps standing in it. */
  readonly #open = new Map<string, Named>()
  readonly #ownNames = new Set<string>()
  readonly #fields: ReadonlySet<Key>
  readonly #naming: readonly Key[]
  readonly counts = { create: 0, update: 0, reject: 0 }
  rows = 0

  /** @param fields that reasons may be about @param naming fields by which records of the module are looked up */
  constructor(fields: ReadonlySet<Key>, naming: readonly Key[]) {
    this.#fields = fields
    this.#naming = naming
  }

  add(row: RowToImport, reasons: readonly string[], told: RowForetold | undefined): void {
    this.rows += 1
    const all = [...reasons, ...(told?.reasons ?? [])]
    for (const reason of all) this.#addProblem(this.problemOf(reason))
    for (const { field, text, why } of told?.unfound ?? [])
      this.#addUnfound(why === 'inFile' ? this.#open : this.#unfound, field, text, why === 'several')
    for (const key of this.#naming) this.#addOwnName(row.values[key])
    if (all.length > 0) this.counts.reject += 1
    else this.counts[told?.kind === 'update' ? 'update' : 'create'] += 1
  }

  /** A reason in the words of a file, taken apart. */
  problemOf(reason: string): { readonly field?: Key; readonly message: string } {
    const at = reason.indexOf(': ')
    const field = reason.slice(0, Math.max(0, at))
    return this.#fields.has(field) ? { field, message: reason.slice(at + 2) } : { message: reason }
  }

  /** Called once all rows were added: what the file names and neither it nor the person's records have. */
  settle(): void {
    for (const { field, text, count, firstRow } of this.#open.values()) {
      if (this.#ownNames.has(fold(text))) continue
      this.#unfound.set(`${field} ${text}`, { field, text, count, several: false, firstRow })
      this.#addProblem({ field, message: NO_RECORD }, count, firstRow)
      this.counts.reject += count
      this.counts.create -= Math.min(count, this.counts.create)
    }
  }

  /** Whether what is named stands nowhere in the file. */
  isMissing(field: Key, text: string): boolean {
    return this.#unfound.has(`${field} ${text}`)
  }

  get problems(): ProblemTold[] {
    return [...this.#problems.values()].sort((one, other) => other.count - one.count)
  }

  get unfound(): UnfoundTold[] {
    return [...this.#unfound.values()].sort((one, other) => other.count - one.count)
  }

  #addProblem(
    { field, message }: { readonly field?: Key; readonly message: string },
    count = 1,
    row = this.rows,
  ): void {
    const name = `${field ?? ''} ${message}`
    const known = this.#problems.get(name)
    if (known) known.count += count
    else if (this.#problems.size < MOST_PROBLEMS) this.#problems.set(name, { field, message, count, firstRow: row })
  }

  #addUnfound(into: Map<string, Named>, field: Key, text: string, several: boolean): void {
    const known = into.get(`${field} ${text}`)
    if (known) known.count += 1
    else if (into.size < MOST_NAMES)
      into.set(`${field} ${text}`, { field, text, count: 1, several, firstRow: this.rows })
  }

  #addOwnName(value: unknown): void {
    if (typeof value === 'string' && this.#ownNames.size < MOST_OWN_NAMES) this.#ownNames.add(fold(value))
  }
}
