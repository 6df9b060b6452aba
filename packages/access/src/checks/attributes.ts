import type { FieldType, Key } from '../document.ts'
import { isNumeric, isTextLike } from '../operators.ts'
import type { AttributeKind } from './attribute-kinds.ts'
import type { Context } from './context.ts'
import { aField } from './problem.ts'
import { capital } from './shape.ts'

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
