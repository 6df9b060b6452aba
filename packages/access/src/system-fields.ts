import type { FieldDefinition, Key } from './document.ts'

/** A field that every module has without its definition naming it. */
export interface StandingField extends FieldDefinition {
  /** Kept by the program: a user changes it only through an action of its own. `externalId` isn't: it is filled in like any field. */
  readonly system: boolean
}

/**
 * What every module has before its own fields: the system fields, then `externalId`, which says what a record is called where it
 * came from. `owner` alone may hold a team (`team:<key>`) besides a user.
 */
export const SYSTEM_FIELDS: Readonly<Record<Key, StandingField>> = {
  id: { type: 'text', system: true },
  owner: { type: 'user', system: true },
  confidential: { type: 'boolean', system: true },
  createdAt: { type: 'dateTime', system: true },
  createdBy: { type: 'user', system: true },
  updatedAt: { type: 'dateTime', system: true },
  updatedBy: { type: 'user', system: true },
  version: { type: 'integer', system: true },
  externalId: { type: 'text', unique: true, indexed: true, system: false },
}

/** Words that a record carries beside its fields, and so can't name one. */
export const RESERVED_FIELD_KEYS: ReadonlySet<Key> = new Set([
  ...Object.keys(SYSTEM_FIELDS),
  'access',
  'default',
  'deleted',
  'deletedAt',
  'shares',
])
