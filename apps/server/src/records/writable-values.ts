import type { FieldAccess, Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { fields as fieldsOf } from '@bailiwick/access'
import { escapePointer, type InputError } from '@bailiwick/contract'
import { invalidInput, notPermitted } from '../problem.ts'
import { type StoredValue, toStored } from './field-values.ts'
import type { Reading } from './stamped.ts'

/** Values that passed every check which needs no record: stored form by field. */
export type WritableValues = ReadonlyMap<PolicyField, StoredValue>

/** One segment of a JSON pointer. */
export function pointer(key: string): string {
  return `/${escapePointer(key)}`
}

/**
 * Checks the fields of a body against the person's access and the fields' types. A hidden field is one that isn't there, word for word.
 * @param mustHave required fields must be filled (a create); otherwise only may not be emptied.
 * @param access the person's access to the module's fields, where whoever calls has it at hand for many records.
 * @throws Problem 422 with every error at once; 403 for fields that he sees but may not change.
 */
export function requireWritable(
  reading: Reading,
  module: PolicyModule,
  body: Readonly<Record<string, unknown>>,
  mustHave: boolean,
  access: ReadonlyMap<Key, FieldAccess> = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key),
): WritableValues {
  const { values, errors } = checkedValues(reading, module, body, access)
  const input = mustHave ? withDefaults(reading, module, values) : values
  errors.push(...missingRequired(module, input, body, mustHave, access))
  if (errors.length > 0) throw invalidInput(errors)
  requireEditable(module, body, access)
  return input
}

function checkedValues(
  reading: Reading,
  module: PolicyModule,
  body: Readonly<Record<string, unknown>>,
  access: ReadonlyMap<Key, FieldAccess>,
) {
  const values = new Map<PolicyField, StoredValue>()
  const errors: InputError[] = []
  for (const [key, value] of Object.entries(body)) {
    const field = module.fields.get(key)
    if (!field || (access.get(key) ?? 'hidden') === 'hidden')
      errors.push({ path: pointer(key), message: noSuchField(key) })
    else if (!field.system) {
      const stored = toStored(field, value, reading.snapshot)
      if ('wrong' in stored) errors.push({ path: pointer(key), message: stored.wrong })
      else values.set(field, stored.value)
    }
  }
  return { values, errors }
}

/** What is said of a field that isn't there, and of one that is hidden. */
export function noSuchField(key: string): string {
  return `there is no field "${key}"`
}

function withDefaults(
  reading: Reading,
  module: PolicyModule,
  values: Map<PolicyField, StoredValue>,
): Map<PolicyField, StoredValue> {
  const filled = new Map(values)
  for (const field of module.fields.values()) {
    if (field.default === undefined || filled.has(field)) continue
    const stored = toStored(field, field.default, reading.snapshot)
    if ('value' in stored) filled.set(field, stored.value)
  }
  return filled
}

function missingRequired(
  module: PolicyModule,
  values: WritableValues,
  body: Readonly<Record<string, unknown>>,
  mustHave: boolean,
  access: ReadonlyMap<Key, FieldAccess>,
): InputError[] {
  // A field that he may not fill in is neither asked of him nor named.
  return [...module.fields.values()]
    .filter((field) => access.get(field.key) === 'edit')
    .filter((field) => field.required && field.type !== 'autoNumber' && !isWrongAlready(field, body, values))
    .filter((field) => (mustHave || values.has(field)) && isUnfilled(values.get(field)))
    .map((field) => ({ path: pointer(field.key), message: 'must be filled in' }))
}

/** A text of nothing but blanks (line breaks and spaces that don't break among them) fills no field in. */
function isUnfilled(value: StoredValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function isWrongAlready(field: PolicyField, body: Readonly<Record<string, unknown>>, values: WritableValues): boolean {
  return Object.hasOwn(body, field.key) && !values.has(field)
}

function requireEditable(
  module: PolicyModule,
  body: Readonly<Record<string, unknown>>,
  access: ReadonlyMap<Key, FieldAccess>,
): void {
  const locked = Object.keys(body).filter((key) => module.fields.has(key) && access.get(key) !== 'edit')
  if (locked.length > 0) throw notPermitted(`You can see but not change: ${locked.join(', ')}.`)
}
