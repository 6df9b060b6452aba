import { isKey } from '../principal.ts'
import type { Findings } from './problem.ts'
import { childPath, shown } from './problem.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

/** What a part of the document looks like: read from untrusted input, and told as JSON Schema, from one statement. */
export interface Shape<T> {
  /** What is well-formed of the value; nothing where none of it is. Everything wrong is added to the findings. */
  read(value: unknown, path: string, findings: Findings): T | undefined
  readonly schema: JsonSchema
  /** What stands for a malformed part, so that references to it by name still hold. */
  readonly blank?: T
}

/** Whether the value is a plain object, as JSON has them. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** Whether every system that the text passes through can hold it: neither NUL (PostgreSQL) nor half a surrogate pair (UTF-8). */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}

/** The shape with a title and a description, for who reads the schema. */
export function described<T>(shape: Shape<T>, title: string, description: string): Shape<T> {
  return { ...shape, schema: { title, description, ...shape.schema } }
}

/** One that the schema tells by reference to `$defs`. */
export function referred<T>(name: string, shape: Shape<T>): Shape<T> {
  return { ...shape, schema: { $ref: `#/$defs/${name}` } }
}

export interface TextRule {
  readonly longest?: number
  readonly schema?: JsonSchema
  /** Says what is wrong with the text, if anything. */
  readonly refuse?: (text: string) => { readonly message: string; readonly cure: string } | undefined
}

export function text({ longest = 1_000, schema = {}, refuse }: TextRule = {}): Shape<string> {
  return {
    schema: { type: 'string', minLength: 1, maxLength: longest, ...schema },
    read(value, path, findings) {
      const wrong = textProblem(value, longest) ?? refuse?.(value as string)
      if (wrong) findings.add(path, wrong.message, wrong.cure)
      return wrong ? undefined : (value as string)
    },
  }
}

function textProblem(value: unknown, longest: number) {
  if (typeof value !== 'string')
    return { message: `${capital(shown(value))} is not a text.`, cure: 'Write a text, in quotes.' }
  if (value === '') return { message: 'The text is empty.', cure: 'Write something, or leave the property out.' }
  if (value.length > longest) return { message: 'The text is too long.', cure: `Use at most ${longest} characters.` }
  if (isStorable(value)) return undefined
  return { message: 'The text has a character that cannot be kept.', cure: 'Leave out NUL and unpaired surrogates.' }
}

export function flag(): Shape<boolean> {
  return {
    schema: { type: 'boolean' },
    read(value, path, findings) {
      if (typeof value === 'boolean') return value
      findings.add(path, `${capital(shown(value))} is neither true nor false.`, 'Write true or false.')
      return undefined
    },
  }
}

export function wholeNumber(least: number, most: number): Shape<number> {
  return {
    schema: { type: 'integer', minimum: least, maximum: most },
    read(value, path, findings) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
      const cure = `Write a whole number from ${least} to ${most}.`
      findings.add(path, `${capital(shown(value))} is not a whole number from ${least} to ${most}.`, cure)
      return undefined
    },
  }
}

export function oneOf<T extends string | number>(...values: readonly T[]): Shape<T> {
  return {
    schema: values.length === 1 ? { const: values[0] } : { enum: values },
    read(value, path, findings) {
      const found = values.find((known) => known === value)
      if (found !== undefined) return found
      const cure = isOneInQuotes(value, values)
        ? `Write ${value} without quotes.`
        : findings.suggestion('value', typeof value === 'string' ? value : '', values.map(String))
      findings.add(path, `${capital(shown(value))} is not a value that this can have.`, cure)
      return undefined
    },
  }
}

function isOneInQuotes(value: unknown, values: readonly (string | number)[]): boolean {
  return typeof value === 'string' && values.some((known) => typeof known === 'number' && String(known) === value)
}

export interface ListRule {
  readonly least?: number
  /** Said where the list is shorter than that. */
  readonly tooShort?: string
}

export function list<T>(
  item: Shape<T>,
  { least = 0, tooShort = 'The list is empty.' }: ListRule = {},
): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, ...(least > 0 ? { minItems: least } : {}) },
    read(value, path, findings) {
      if (!Array.isArray(value)) {
        findings.add(path, `${capital(shown(value))} is not a list.`, 'Write a list, such as [a, b].')
        return undefined
      }
      if (value.length < least)
        findings.add(path, tooShort, 'Name at least one, or leave the property out where it may be.')
      return Array.from(value, (one: unknown, index) => item.read(one, childPath(path, index), findings)).filter(
        (one) => one !== undefined,
      )
    },
  }
}

/** An object whose properties are known by name. */
export function object<T>(
  properties: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> },
  required: readonly (keyof T & string)[] = [],
): Shape<Partial<T>> {
  const names = Object.keys(properties) as (keyof T & string)[]
  return {
    blank: {},
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, properties[name].schema])),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    },
    read(value, path, findings) {
      if (!isRecord(value)) return notAnObject(value, path, findings)
      refuseUnknown(value, names, path, findings)
      const sound: Partial<T> = {}
      for (const name of names) {
        const own = Object.hasOwn(value, name) ? value[name] : undefined
        if (own !== undefined) sound[name] = properties[name].read(own, childPath(path, name), findings)
        else if (required.includes(name)) {
          findings.add(path, `\`${name}\` is missing.`, `State \`${name}\`.`)
        }
      }
      return sound
    },
  }
}

function refuseUnknown(value: object, names: readonly string[], path: string, findings: Findings): void {
  for (const name of Object.keys(value)) {
    if (names.includes(name)) continue
    const cure = findings.suggestion('property', name, names)
    findings.add(childPath(path, name), `There is no property ${shown(name)} here.`, cure)
  }
}

/** Names that every JavaScript object already answers to: harmless in a file, treacherous wherever one is looked up by name. */
const TREACHEROUS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype).concat('prototype'))

export interface KeyedRule {
  /** What a key names, for messages. */
  readonly noun: string
  /** Whether two keys may not differ by case alone. */
  readonly caseless?: boolean
}

/** An object whose keys are names given by the customer. */
export function keyed<T>(item: Shape<T>, { noun, caseless = false }: KeyedRule): Shape<{ readonly [key: string]: T }> {
  return {
    schema: { type: 'object', propertyNames: { $ref: '#/$defs/key' }, additionalProperties: item.schema },
    read(value, path, findings) {
      if (!isRecord(value)) return notAnObject(value, path, findings)
      const keys = Object.keys(value)
      if (caseless) refuseTwins(keys, noun, path, findings)
      const entries = keys.flatMap((key): [string, T][] => {
        refuseKey(key, noun, childPath(path, key), findings)
        const sound = item.read(value[key], childPath(path, key), findings) ?? item.blank
        return sound === undefined ? [] : [[key, sound]]
      })
      return Object.fromEntries(entries)
    },
  }
}

function refuseKey(key: string, noun: string, path: string, findings: Findings): void {
  if (TREACHEROUS.has(key)) {
    findings.add(
      path,
      `${shown(key)} cannot be the key of a ${noun}.`,
      'Choose a key that programs do not use themselves.',
    )
  } else if (!isKey(key)) {
    const cure = 'Begin with a letter A–Z, then letters, digits, - and _, at most 63 characters in all.'
    findings.add(path, `${shown(key)} cannot be the key of a ${noun}.`, cure)
  }
}

function refuseTwins(keys: readonly string[], noun: string, path: string, findings: Findings): void {
  const first = new Map<string, string>()
  for (const key of keys) {
    const twin = first.get(key.toLowerCase())
    if (twin === undefined) first.set(key.toLowerCase(), key)
    else {
      const message = `The ${noun} keys ${shown(twin)} and ${shown(key)} differ by case alone.`
      findings.add(childPath(path, key), message, 'Choose keys that differ otherwise.')
    }
  }
}

function notAnObject(value: unknown, path: string, findings: Findings): undefined {
  findings.add(path, `${capital(shown(value))} is not an object.`, 'Write properties with values, such as { name: … }.')
  return undefined
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
