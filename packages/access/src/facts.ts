import type { Action, Key, Level, OwnerRef, Principal } from './document.ts'

/**
 * A field's value as the engine and the HTTP interface hold it: text, choice, date (`YYYY-MM-DD`), dateTime (ISO 8601 instant),
 * lookup (record id), user (`user:<key>`) as strings; numbers; booleans; `choices` as an array. Empty is `null` or absent
 * (and '' and [], which are stored as null).
 */
export type FieldValue = string | number | boolean | readonly string[] | null

export interface ShareFact {
  readonly with: Principal
  readonly level: Level
  /** Epoch milliseconds; the share counts strictly before it. */
  readonly expiresAt?: number
}

/** What a decision about one record needs to know of it. */
export interface RecordFacts {
  readonly module: Key
  readonly id?: string
  readonly owner: OwnerRef
  readonly confidential: boolean
  readonly deleted?: boolean
  readonly createdAt?: string
  readonly createdBy?: string
  readonly updatedAt?: string
  readonly updatedBy?: string
  readonly version?: number
  readonly values: { readonly [field: Key]: FieldValue }
  readonly shares: readonly ShareFact[]
  /** The record that the module's `parent` lookup points at; absent or null where it is empty or not there. */
  readonly parent?: RecordFacts | null
}

/** The circumstances of a question. The engine has no clock: who asks brings it. */
export interface Asking {
  /** Epoch milliseconds. */
  readonly now: number
  /** The address asked from; unknown (asking about someone else) restricts nothing. */
  readonly ip?: string
}

/** What an action on a record needs; actions that are absent here need no level (`create`, `import`; `mass` adds to another). */
export const NEEDED_LEVEL: { readonly [action in Action]?: Exclude<Level, 'none'> } = {
  read: 'read',
  comment: 'read',
  export: 'read',
  update: 'edit',
  overwrite: 'edit',
  mass: 'read',
  delete: 'full',
  share: 'full',
  transfer: 'full',
  confide: 'full',
}
