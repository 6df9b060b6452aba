import type { FieldDefinition, FieldType, Key } from '../document.ts'
import { CLEARANCES } from '../document.ts'
import { fold } from '../fold.ts'
import { isTextLike } from '../operators.ts'
import { RESERVED_FIELD_KEYS } from '../system-fields.ts'
import { writtenValue } from '../written-value.ts'
import type { Context, ModuleShape } from './context.ts'
import { checkReference } from './context.ts'
import type { LooseField } from './loose.ts'
import { aField, childPath, shown } from './problem.ts'
import { capital } from './shape.ts'
import { checkValue, optionValues } from './values.ts'

/** A field as the document states it, as it will be, and as it was built in. */
interface FieldCase {
  readonly context: Context
  readonly key: Key
  readonly path: string
  readonly stated: LooseField
  readonly whole: LooseField
  readonly builtIn: FieldDefinition | undefined
}

const UNTITLED: ReadonlySet<FieldType> = new Set(['longText', 'boolean', 'choices', 'lookup', 'user', 'file'])
const REPEATING: ReadonlySet<FieldType> = new Set(['longText', 'boolean', 'choices', 'file'])
const WITHOUT_DEFAULT: ReadonlySet<FieldType> = new Set(['autoNumber', 'file'])

/** A field of a module: what its type asks for is there, what doesn't go with it isn't, and a built-in one is only tightened. */
export function checkField(context: Context, module: ModuleShape, key: Key, stated: LooseField, path: string): void {
  const builtInFields = module.builtIn ? (context.catalogue[module.key]?.fields ?? {}) : {}
  if (refuseTakenKey(context, key, Object.keys(builtInFields), path)) return
  const builtIn = Object.hasOwn(builtInFields, key) ? builtInFields[key] : undefined
  const whole = module.fields.get(key) ?? stated
  const one: FieldCase = { context, key, path, stated, whole, builtIn }
  if (builtIn) checkBuiltIn(one, builtIn)
  checkOptions(one)
  checkTarget(one)
  checkKeeping(one)
  checkDefault(one)
}

const RESERVED: ReadonlySet<string> = new Set([...RESERVED_FIELD_KEYS].map((key) => key.toLowerCase()))

/** Keys that differ by case alone would be one and the same to people, and to some of the programs that read exports. */
function refuseTakenKey({ findings }: Context, key: Key, builtIn: readonly Key[], path: string): boolean {
  const twin = builtIn.find((known) => known !== key && known.toLowerCase() === key.toLowerCase())
  if (twin !== undefined) {
    findings.add(
      path,
      `The key ${shown(key)} differs from the built-in field by case alone.`,
      `Did you mean \`${twin}\`?`,
    )
  } else if (RESERVED.has(key.toLowerCase())) {
    findings.add(path, `The key ${shown(key)} is taken: records have it already.`, 'Choose another key for the field.')
  } else {
    return false
  }
  return true
}

function refuse({ context, path }: FieldCase, property: string, message: string, cure: string): void {
  context.findings.add(property === '' ? path : `${path}/${property}`, message, cure)
}

function checkBuiltIn(one: FieldCase, builtIn: FieldDefinition): void {
  const { stated, key } = one
  if (stated.type !== undefined && stated.type !== builtIn.type) {
    refuse(
      one,
      'type',
      `The built-in field ${shown(key)} is of type ${builtIn.type}.`,
      `Write type: ${builtIn.type}, or choose another key.`,
    )
  }
  if (stated.module !== undefined && builtIn.module !== undefined && stated.module !== builtIn.module) {
    refuse(one, 'module', `The built-in field points into \`${builtIn.module}\`.`, 'Leave `module` as it is.')
  }
  for (const property of ['required', 'unique', 'title', 'encrypted'] as const) {
    if (stated[property] !== false || !builtIn[property]) continue
    refuse(
      one,
      property,
      `The built-in field is \`${property}\`: that cannot be taken from it.`,
      `Leave \`${property}\` out.`,
    )
  }
  const least = CLEARANCES.indexOf(builtIn.sensitivity ?? 'public')
  if (stated.sensitivity !== undefined && CLEARANCES.indexOf(stated.sensitivity) < least) {
    const cure = 'Raise it, or leave it out and raise the clearance of profiles.'
    refuse(
      one,
      'sensitivity',
      `The built-in field is ${builtIn.sensitivity} already: it cannot be less sensitive.`,
      cure,
    )
  }
}

function checkOptions(one: FieldCase): void {
  const { type, options } = one.whole
  if (type === undefined) return
  if (type !== 'choice' && type !== 'choices') {
    if (one.stated.options)
      refuse(one, 'options', `${capital(aField(type))} has no options.`, 'Leave `options` out, or make it a choice.')
  } else if (options === undefined) {
    refuse(one, '', `${capital(aField(type))} needs \`options\`.`, 'List what may be chosen.')
  } else if (options.length === 0) {
    refuse(one, 'options', 'There is nothing to choose from.', 'List what may be chosen.')
  } else {
    refuseSameOptions(one)
  }
}

/** Values compare folded, so options that fold to the same would be one and the same to every condition. */
function refuseSameOptions(one: FieldCase): void {
  const first = new Map<string, string>()
  for (const [index, value] of optionValues(one.stated).entries()) {
    const same = first.get(fold(value))
    if (same === undefined) first.set(fold(value), value)
    else
      refuse(
        one,
        `options/${index}`,
        `The option ${shown(value)} is the same as ${shown(same)}.`,
        'State each option once.',
      )
  }
}

function checkTarget(one: FieldCase): void {
  const { type, module } = one.whole
  if (type === undefined) return
  if (type !== 'lookup') {
    if (one.stated.module)
      refuse(
        one,
        'module',
        `${capital(aField(type))} points into no module.`,
        'Leave `module` out, or make it a lookup.',
      )
  } else if (module === undefined) {
    refuse(one, '', 'A lookup needs `module`.', 'Name the module that it points into.')
  } else if (one.stated.module !== undefined) {
    checkReference(one.context, 'module', module, `${one.path}/module`)
  }
}

function checkKeeping(one: FieldCase): void {
  const { type, title, mask, encrypted, unique, required } = one.whole
  if (type === undefined) return
  const wrong = (property: string, message: string, cure: string) => refuse(one, property, message, cure)
  if (title && UNTITLED.has(type))
    wrong('title', `${capital(aField(type))} cannot be the title.`, 'Make a text field the title.')
  if (mask && !isTextLike(type))
    wrong('mask', `${capital(aField(type))} cannot be masked: there is no text to show a part of.`, 'Leave `mask` out.')
  if (encrypted && !isTextLike(type))
    wrong('encrypted', `${capital(aField(type))} cannot be encrypted.`, 'Leave `encrypted` out, or make it a text.')
  if (encrypted && title)
    wrong('encrypted', 'The title cannot be encrypted: lists sort and search by it.', 'Encrypt another field.')
  if (unique && REPEATING.has(type))
    wrong('unique', `${capital(aField(type))} cannot be unique.`, 'Leave `unique` out.')
  if (required && type === 'file')
    wrong(
      'required',
      'A file field cannot be required: it never holds a value, so no record could be made.',
      'Leave `required` out.',
    )
}

function checkDefault(one: FieldCase): void {
  const { context, path, whole, stated } = one
  const value = stated.default
  if (value === undefined || whole.type === undefined) return
  if (WITHOUT_DEFAULT.has(whole.type)) {
    refuse(one, 'default', `${capital(aField(whole.type))} has no default.`, 'Leave `default` out.')
  } else if (whole.type === 'lookup') {
    const cure = 'Leave `default` out: a record can be deleted, and not everyone who makes new ones sees it.'
    refuse(one, 'default', `${capital(aField(whole.type))} has no default.`, cure)
  } else if (whole.unique) {
    refuse(
      one,
      'default',
      'A unique field has no default: the second record would clash with the first.',
      'Leave `default` out.',
    )
  } else if (whole.type !== 'choices') {
    if (checkValue(context, value, whole, { path: `${path}/default` })) refuseUnwritable(one, whole.type, value)
  } else if (Array.isArray(value)) {
    const known = value.map((option, index) =>
      checkValue(context, option, whole, { path: childPath(`${path}/default`, index) }),
    )
    if (!known.includes(false)) refuseUnwritable(one, whole.type, value)
  } else {
    refuse(one, 'default', `${shown(value)} is not a list.`, 'Write a list of options.')
  }
}

/** A default must be what a record could be given by hand: any other would be dropped from every new record, or refuse it. */
function refuseUnwritable(one: FieldCase, type: FieldType, value: unknown): void {
  const options = optionValues(one.whole).map((option) => ({ value: option }))
  // Without options no choice can be judged; that is a problem of its own.
  if ((type === 'choice' || type === 'choices') && options.length === 0) return
  const written = writtenValue({ type, options }, value)
  if (!('wrong' in written)) return
  refuse(one, 'default', `${capital(shown(value))} is not a value of ${aField(type)}.`, `It ${written.wrong}.`)
}
