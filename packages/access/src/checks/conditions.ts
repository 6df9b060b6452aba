import type { FieldType, Operator } from '../document.ts'
import { OPERATORS } from '../document.ts'
import { isNumeric, operatorsOf } from '../operators.ts'
import { isKey } from '../principal.ts'
import { checkAttribute } from './attributes.ts'
import type { Context, ModuleShape } from './context.ts'
import { findField } from './context.ts'
import type { LooseField } from './loose.ts'
import { aField, childPath, shown } from './problem.ts'
import { capital, isRecord } from './shape.ts'
import { checkValue } from './values.ts'

/** Deep enough for any rule a person can follow, and shallow enough for every stack it is read on. */
export const DEEPEST_CONDITION = 20
export const MOST_CONDITIONS = 1_000
export const MOST_VALUES = 1_000
const FARTHEST_DAY = 36_500

const BRANCHES = ['all', 'any', 'not'] as const

interface Reading {
  readonly context: Context
  /** Nothing where the module can't be told: then only the shape is judged. */
  readonly module: ModuleShape | undefined
  count: number
}

/**
 * Reports everything wrong with a condition: its shape, fields that the module hasn't, operators and values that don't go with a
 * field's type (access model, section 4).
 */
export function checkCondition(
  context: Context,
  condition: unknown,
  module: ModuleShape | undefined,
  path: string,
): void {
  const reading: Reading = { context, module, count: 0 }
  readCondition(reading, condition, path, 1)
  if (reading.count > MOST_CONDITIONS) {
    const message = `The condition has more than ${MOST_CONDITIONS} parts.`
    context.findings.add(path, message, 'Write it shorter: `in` takes many values at once.')
  }
}

function readCondition(reading: Reading, condition: unknown, path: string, depth: number): void {
  reading.count += 1
  if (reading.count > MOST_CONDITIONS) return
  const { findings } = reading.context
  if (depth > DEEPEST_CONDITION) {
    findings.add(path, `The condition is more than ${DEEPEST_CONDITION} deep.`, 'Write it flatter.')
  } else if (!isRecord(condition)) {
    findings.add(
      path,
      `${capital(shown(condition))} is not a condition.`,
      'Write { field, op, value }, or all, any or not.',
    )
  } else {
    const branch = BRANCHES.find((keyword) => Object.hasOwn(condition, keyword))
    refuseOtherKeys(reading, condition, branch, path)
    if (branch === undefined) readComparison(reading, condition, path)
    else if (branch === 'not') readCondition(reading, condition.not, `${path}/not`, depth + 1)
    else readConditions(reading, condition[branch], `${path}/${branch}`, depth + 1)
  }
}

function readConditions(reading: Reading, conditions: unknown, path: string, depth: number): void {
  if (!Array.isArray(conditions)) {
    reading.context.findings.add(path, `${capital(shown(conditions))} is not a list.`, 'Write a list of conditions.')
    return
  }
  for (const [index, condition] of conditions.entries()) {
    if (reading.count > MOST_CONDITIONS) return
    readCondition(reading, condition, childPath(path, index), depth)
  }
}

const COMPARISON: readonly string[] = ['field', 'op', 'value']
const KNOWN_KEYS: readonly string[] = [...COMPARISON, ...BRANCHES]

/** A word that conditions have is no slip: it only doesn't go with the branch that is there. */
function refuseOtherKeys(
  { context: { findings } }: Reading,
  condition: object,
  branch: (typeof BRANCHES)[number] | undefined,
  path: string,
): void {
  const names = branch === undefined ? COMPARISON : [branch]
  for (const key of Object.keys(condition)) {
    if (names.includes(key)) continue
    const isBeside = branch !== undefined && KNOWN_KEYS.includes(key)
    const where = isBeside ? `beside \`${branch}\`` : 'in this condition'
    const cure = isBeside
      ? 'Make each a condition of its own, and put them into one list: { all: [{ … }, { … }] }.'
      : findings.suggestion('property', key, branch === undefined ? KNOWN_KEYS : names)
    findings.add(childPath(path, key), `There is no property ${shown(key)} ${where}.`, cure)
  }
}

function readComparison(reading: Reading, comparison: { readonly [key: string]: unknown }, path: string): void {
  const field = readField(reading, comparison.field, path)
  const op = readOperator(reading, comparison.op, path)
  if (op === undefined) return
  if (op === 'isEmpty' || op === 'isNotEmpty') {
    if (comparison.value === undefined) return
    reading.context.findings.add(`${path}/value`, `\`${op}\` compares with nothing.`, 'Leave the value out.')
  } else if (comparison.value === undefined) {
    reading.context.findings.add(path, `\`${op}\` has no \`value\`.`, 'State what to compare with.')
  } else {
    const fitting = field && checkOperator(reading, field, op, `${path}/op`) ? field : undefined
    readValue(reading, comparison.value, { op, field: fitting, isOwner: comparison.field === 'owner' }, `${path}/value`)
  }
}

function readField({ context, module }: Reading, key: unknown, path: string): LooseField | undefined {
  if (typeof key === 'string') {
    const field = module && findField(context, module, key, `${path}/field`)
    if (!field?.encrypted) return field
    const message = `The field ${shown(key)} is encrypted: nothing can be compared with it.`
    context.findings.add(`${path}/field`, message, 'Compare another field.')
  } else if (key === undefined) {
    context.findings.add(path, '`field` is missing.', 'Write { field, op, value }, or all, any or not.')
  } else {
    context.findings.add(`${path}/field`, `${capital(shown(key))} is not the key of a field.`, 'Write it as a text.')
  }
  return undefined
}

function readOperator({ context: { findings } }: Reading, op: unknown, path: string): Operator | undefined {
  const known = OPERATORS.find((operator) => operator === op)
  if (known !== undefined) return known
  if (op === undefined) findings.add(path, '`op` is missing.', `Name one of: ${OPERATORS.join(', ')}.`)
  else {
    const cure = findings.suggestion('operator', typeof op === 'string' ? op : '', OPERATORS)
    findings.add(`${path}/op`, `${capital(shown(op))} is not an operator.`, cure)
  }
  return undefined
}

function checkOperator({ context }: Reading, { type }: LooseField, op: Operator, path: string): boolean {
  if (type === undefined) return false
  const operators = operatorsOf(type)
  if (operators.has(op)) return true
  context.findings.add(
    path,
    `\`${op}\` does not go with ${aField(type)}.`,
    `Name one of: ${[...operators].join(', ')}.`,
  )
  return false
}

interface Compared {
  readonly op: Operator
  /** Nothing where it can't be judged what goes with it. */
  readonly field: LooseField | undefined
  readonly isOwner: boolean
}

function readValue(reading: Reading, value: unknown, compared: Compared, path: string): void {
  const isListed = compared.op === 'in' || compared.op === 'notIn'
  if (isListed) readValues(reading, value, compared, path)
  else if (isRecord(value)) readRelative(reading, value, compared, path)
  else readLiteral(reading, value, compared, path)
}

function readValues(reading: Reading, values: unknown, compared: Compared, path: string): void {
  const { findings } = reading.context
  if (!Array.isArray(values)) {
    findings.add(
      path,
      `\`${compared.op}\` compares with a list.`,
      'Write a list of values; with a single one, use eq or ne.',
    )
  } else if (values.length > MOST_VALUES) {
    findings.add(
      path,
      `The list has more than ${MOST_VALUES} values.`,
      'Compare with something that they have in common.',
    )
  } else {
    for (const [index, value] of values.entries()) readLiteral(reading, value, compared, childPath(path, index))
  }
}

function readLiteral({ context }: Reading, value: unknown, { field, isOwner }: Compared, path: string): void {
  if (field) checkValue(context, value, field, { path, isCondition: true, isOwner })
  else if (!['string', 'number', 'boolean'].includes(typeof value)) {
    const cure = 'Write a text, a number, true or false, { user: attribute } or { today: days }.'
    context.findings.add(path, `${capital(shown(value))} is not a value.`, cure)
  }
}

function readRelative(
  { context }: Reading,
  value: { readonly [key: string]: unknown },
  { field }: Compared,
  path: string,
): void {
  const keys = Object.keys(value)
  if (keys.length === 1 && Object.hasOwn(value, 'today')) checkToday(context, value.today, field?.type, path)
  else if (keys.length === 1 && Object.hasOwn(value, 'user')) {
    readAttribute(context, value.user, field?.type, path)
  } else {
    context.findings.add(path, 'The object is not a value.', 'Write { user: attribute } or { today: days }.')
  }
}

function readAttribute(context: Context, attribute: unknown, type: FieldType | undefined, path: string): void {
  if (typeof attribute !== 'string' || !isKey(attribute)) {
    const cure = 'Write the key of an attribute, such as id, role or region.'
    context.findings.add(`${path}/user`, `${capital(shown(attribute))} is not the key of an attribute.`, cure)
  } else if (type !== undefined) {
    checkAttribute(context, attribute, type, path)
  }
}

function checkToday({ findings }: Context, days: unknown, type: FieldType | undefined, path: string): void {
  if (typeof days !== 'number' || !Number.isInteger(days) || Math.abs(days) > FARTHEST_DAY) {
    const cure = `Write a whole number of days from -${FARTHEST_DAY} to ${FARTHEST_DAY}.`
    findings.add(`${path}/today`, `${capital(shown(days))} is not a number of days.`, cure)
  }
  if (type !== undefined && type !== 'date' && type !== 'dateTime') {
    const cure = isNumeric(type) ? 'Write a number.' : 'Compare with a value of the field’s type.'
    findings.add(path, `${capital(aField(type))} cannot be compared with today.`, cure)
  }
}
