import { isDate, parseInstant } from '../calendar.ts'
import type { FieldType, Key, Scalar } from '../document.ts'
import { isNumeric, isTextLike } from '../operators.ts'
import type { Context } from './context.ts'
import type { LooseDocument } from './loose.ts'
import { aField } from './problem.ts'
import { capital } from './shape.ts'

type AttributeKind = 'number' | 'boolean' | 'text' | 'date' | 'dateTime'

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

/** Reports an attribute that some user has as something which a field of this type could never be compared with. */
export function checkAttribute(context: Context, attribute: Key, type: FieldType, path: string): void {
  if (attribute === 'id' || attribute === 'role') {
    checkStanding(context, attribute, type, path)
    return
  }
  for (const [kind, user] of context.attributes.get(attribute) ?? []) {
    if (isComparable(kind, type)) continue
    const message = `${capital(aField(type))} cannot be compared with the attribute \`${attribute}\` of the user \`${user}\`.`
    context.findings.add(path, message, 'Give users an attribute of the field’s type, or compare another field.')
    return
  }
}

function checkStanding({ findings }: Context, attribute: 'id' | 'role', type: FieldType, path: string): void {
  const fits = isTextLike(type) || type === 'choice' || type === 'choices' || (attribute === 'id' && type === 'user')
  if (fits) return
  const cure = attribute === 'id' ? 'Compare it with a user field or a text.' : 'Compare it with a text or a choice.'
  findings.add(path, `${capital(aField(type))} is never a user’s ${attribute}.`, cure)
}

function isComparable(kind: AttributeKind, type: FieldType): boolean {
  if (isNumeric(type)) return kind === 'number'
  if (kind === 'number' || kind === 'boolean') return kind === type
  if (type === 'boolean') return false
  if (type === 'date') return kind === 'date'
  return type !== 'dateTime' || kind !== 'text'
}
