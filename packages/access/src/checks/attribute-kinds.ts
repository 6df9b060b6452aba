import { isDate, parseInstant } from '../calendar.ts'
import type { Key, Scalar } from '../document.ts'
import type { LooseDocument } from './loose.ts'

export type AttributeKind = 'number' | 'boolean' | 'text' | 'date' | 'dateTime'

/** Of each attribute, the kinds of value that users have for it, and one user who has it so. */
export type AttributeKinds = ReadonlyMap<Key, ReadonlyMap<AttributeKind, Key>>

type Users = NonNullable<LooseDocument['users']>

/** Documents never change: what a section of ten thousand people says is found out once. */
const known = new WeakMap<Users, AttributeKinds>()

export function attributeKinds({ users = {} }: LooseDocument): AttributeKinds {
  const kinds = known.get(users) ?? findKinds(users)
  known.set(users, kinds)
  return kinds
}

function findKinds(users: Users): AttributeKinds {
  const kinds = new Map<Key, Map<AttributeKind, Key>>()
  for (const [user, { attributes = {} }] of Object.entries(users)) {
    for (const [attribute, value] of Object.entries(attributes)) {
      const found = kinds.get(attribute) ?? new Map<AttributeKind, Key>()
      if (!found.has(kindOf(value))) found.set(kindOf(value), user)
      kinds.set(attribute, found)
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
