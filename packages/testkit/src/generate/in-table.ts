import type { Key, PolicyDocument } from '@bailiwick/access'
import { stated } from './people.ts'
import { pick } from './pools.ts'

export function inUser(
  document: PolicyDocument,
  users: readonly Key[],
  at: number,
  says: (place: number) => object,
): Partial<PolicyDocument> {
  return inTable('users', document.users, users, at, says)
}

/** One entry of a table saying something else; what it says undefined it no longer says. */
export function inTable<T extends object>(
  section: keyof PolicyDocument,
  table: { readonly [key: Key]: T } | undefined,
  keys: readonly Key[],
  at: number,
  says: (place: number) => object,
): Partial<PolicyDocument> {
  if (keys.length === 0) return {}
  const key = pick(keys, at)
  const entry = stated({ ...table?.[key], ...says(keys.indexOf(key)) })
  return { [section]: { ...table, [key]: entry } }
}
