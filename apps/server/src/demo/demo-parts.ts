import type { FieldValue, Key, OwnerRef } from '@bailiwick/access'
import type { DemoLine } from './demo-record.ts'
import type { DemoShare } from './sample/shares.ts'

/** A record ready to be stored: its lookups hold the ids of records that are there. */
export interface DemoRow {
  readonly externalId: string
  readonly owner: OwnerRef
  readonly confidential: boolean
  readonly values: { readonly [field: Key]: FieldValue }
}

export interface DemoPerson {
  readonly key: Key
  readonly name: string
  readonly email: string
}

export interface NewDemoOrganization {
  readonly slug: string
  readonly name: string
  /** Holds the profile `administrator` in the policy that follows, too. */
  readonly administrator: DemoPerson
}

export interface StoredDemoShare extends Omit<DemoShare, 'record'> {
  readonly module: Key
  readonly id: string
}

/** A stored record's lines; products are ids here. */
export interface DemoLines {
  readonly id: string
  readonly lines: readonly StoredDemoLine[]
}

export interface StoredDemoLine extends Omit<DemoLine, 'product'> {
  readonly product: string | null
  readonly description: null
}

/** What making the demonstration needs of the rest of the program. */
export interface DemoParts {
  /** `unfinished`: it was begun, and `markComplete` never came. */
  findOrganization(slug: string): Promise<'complete' | 'unfinished' | undefined>
  /** Removes an unfinished demonstration with everything in it. */
  dropOrganization(slug: string): Promise<void>
  /** Makes an empty organization and notes, in the same transaction, that it is an unfinished demonstration. */
  createOrganization(organization: NewDemoOrganization): Promise<void>
  /** Applies a whole policy document; throws where it has problems or its tests or invariants fail. */
  applyPolicy(slug: string, document: unknown, reason: string): Promise<void>
  /** Stores up to a thousand records, as the program itself; answers with their ids in the order of the rows. */
  insertRows(slug: string, module: Key, rows: readonly DemoRow[]): Promise<readonly string[]>
  /** Gives records that were stored before their lines. */
  insertLines(slug: string, module: Key, records: readonly DemoLines[]): Promise<void>
  shareRecord(slug: string, share: StoredDemoShare): Promise<void>
  /** Gives each of the people the password. */
  setPasswords(slug: string, people: readonly DemoPerson[], password: string): Promise<void>
  markComplete(slug: string): Promise<void>
}

export interface DemoProgress {
  /** What is being done, as in "loading deals". */
  readonly step: string
  readonly done: number
  readonly total: number
}
