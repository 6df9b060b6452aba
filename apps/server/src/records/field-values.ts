import type { FieldValue, PolicyField, Scalar, Written, WrittenValue } from '@bailiwick/access'
import { writtenValue } from '@bailiwick/access'
import type { Snapshot } from '../policy/live-policy.ts'

/** A value as its column takes it, or what is wrong with it. */
export type Stored = Written
export type StoredValue = WrittenValue

/**
 * Turns a value that a caller sent into what the field's column holds: what any writing of it must be, and of a user the number. A
 * lookup's target is not looked for here: whether it is there depends on who asks.
 */
export function toStored(field: PolicyField, value: unknown, snapshot: Snapshot): Stored {
  const written = writtenValue(field, value)
  if (field.type !== 'user' || 'wrong' in written || written.value === null) return written
  return storedUser(String(written.value), snapshot)
}

function storedUser(value: string, snapshot: Snapshot): Stored {
  const ref = value.startsWith('user:') ? value : `user:${value}`
  const id = snapshot.policy.users.has(ref.slice('user:'.length)) ? snapshot.owners.idOf(ref) : undefined
  return id === undefined ? { wrong: 'must be a user of the organization, such as user:anna' } : { value: id }
}

/** A column's value as the HTTP interface shows it: users by their key. */
export function fromStored(field: PolicyField, stored: unknown, snapshot: Pick<Snapshot, 'owners'>): FieldValue {
  if (stored === null || stored === undefined) return null
  if (field.type === 'user') return snapshot.owners.refOf(Number(stored)) ?? null
  if (Array.isArray(stored)) return stored.map(String)
  return stored as Scalar
}
