import type { FieldDefinition, FieldType, Key } from '../document.ts'
import { CLEARANCES } from '../document.ts'
import { fold } from '../fold.ts'
import { isTextLike } from '../operators.ts'
import { RESERVED_FIELD_KEYS } from '../system-fields.ts'
import type { Context, ModuleShape } from './context.ts'
import { checkReference } from './context.ts'
import type { LooseField } from './loose.ts'
import { childPath, shown } from './problem.ts'
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
  if (RESERVED_FIELD_KEYS.has(key)) {
    context.findings.add(
      path,
      `The key ${shown(key)} is taken: records have it already.`,
      'Choose another key for the field.',
    )
    return
  }
  const fields = context.catalogue[module.key]?.fields
  const builtIn = module.builtIn && fields && Object.hasOwn(fields, key) ? fields[key] : undefined
  const whole = module.fields.get(key) ?? stated
  const one: FieldCase = { context, key, path, stated, whole, builtIn }
  if (builtIn) checkBuiltIn(one, builtIn)
  checkOptions(one)
  checkTarget(one)
  checkKeeping(one)
  checkDefault(one)
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
      refuse(one, 'options', `A ${type} field has no options.`, 'Leave `options` out, or make it a choice.')
  } else if (options === undefined) {
    refuse(one, '', `A ${type} field needs \`options\`.`, 'List what may be chosen.')
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
      refuse(one, 'module', `A ${type} field points into no module.`, 'Leave `module` out, or make it a lookup.')
  } else if (module === undefined) {
    refuse(one, '', 'A lookup needs `module`.', 'Name the module that it points into.')
  } else if (one.stated.module !== undefined) {
    checkReference(one.context, 'module', module, `${one.path}/module`)
  }
}

function checkKeeping(one: FieldCase): void {
  const { type, title, mask, encrypted, unique } = one.whole
  if (type === undefined) return
  const wrong = (property: string, message: string, cure: string) => refuse(one, property, message, cure)
  if (title && UNTITLED.has(type))
    wrong('title', `A ${type} field cannot be the title.`, 'Make a text field the title.')
  if (mask && !isTextLike(type))
    wrong('mask', `A ${type} field cannot be masked: there is no text to show a part of.`, 'Leave `mask` out.')
  if (encrypted && !isTextLike(type))
    wrong('encrypted', `A ${type} field cannot be encrypted.`, 'Leave `encrypted` out, or make it a text.')
  if (encrypted && title)
    wrong('encrypted', 'The title cannot be encrypted: lists sort and search by it.', 'Encrypt another field.')
  if (unique && REPEATING.has(type)) wrong('unique', `A ${type} field cannot be unique.`, 'Leave `unique` out.')
}

function checkDefault(one: FieldCase): void {
  const { context, path, whole, stated } = one
  const value = stated.default
  if (value === undefined || whole.type === undefined) return
  if (WITHOUT_DEFAULT.has(whole.type)) {
    refuse(one, 'default', `A ${whole.type} field has no default.`, 'Leave `default` out.')
  } else if (whole.unique) {
    refuse(
      one,
      'default',
      'A unique field has no default: the second record would clash with the first.',
      'Leave `default` out.',
    )
  } else if (whole.type !== 'choices') {
    checkValue(context, value, whole, { path: `${path}/default` })
  } else if (Array.isArray(value)) {
    for (const [index, option] of value.entries())
      checkValue(context, option, whole, { path: childPath(`${path}/default`, index) })
  } else {
    refuse(one, 'default', `${shown(value)} is not a list.`, 'Write a list of options.')
  }
}
