import { isDate, parseInstant } from '../calendar.ts'
import type { Key, Scalar } from '../document.ts'
import type { LooseDocument } from './loose.ts'

export type AttributeKind = 'number' | 'boolean' | 'text' | 'date' | 'dateTime'

/** Of each attribute, the kinds of value that users have for it, and one user who has it so. */
export type AttributeKinds = ReadonlyMap<Key, ReadonlyMap<AttributeKind, Key>>

export function attributeKinds(document: LooseDocument): AttributeKinds {
  const kinds = new Map<Key, Map<AttributeKind, Key>>()
  for (const [user, { attributes = {} }] of Object.entries(document.users ?? {})) {
    for (const [attribute, value] of Object.entries(attributes)) {
      const known = kinds.get(attribute) ?? new Map<AttributeKind, Key>()
      if (!known.has(kindOf(value))) known.set(kindOf(value), user)
      kinds.set(attribute, known)
    }
  }
  return kinds
}

function kindOf(value: Scalar): AttributeKind {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (isDate(value)) return 'date'
  return parseInstant(value) === undefined ? 'text' : 'dateTime'
}
