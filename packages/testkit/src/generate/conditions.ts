import {
  type Comparison,
  type Condition,
  type ConditionValue,
  type FieldDefinition,
  type FieldType,
  type Key,
  type Operator,
  operatorsOf,
} from '@bailiwick/access'
import fc from 'fast-check'
import { index, type Made, pick } from './pools.ts'
import { type Values, valuesOf } from './values.ts'

const comparisonSeed = fc.record({
  field: index,
  op: index,
  /** 0–4: literals; 5–7: an attribute of the asking user; 8–9: today, where the field is a date. */
  source: fc.nat(9),
  value: index,
  more: fc.array(index, { maxLength: 2 }),
})

interface Tree {
  readonly comparison?: Made<typeof comparisonSeed>
  readonly kind?: 'all' | 'any' | 'not'
  readonly parts?: readonly Tree[]
}

/** Mostly a single comparison; trees up to two deep. */
export const conditionSeed: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree; leaf: Tree; inner: Tree }>((tie) => ({
  leaf: fc.record({ comparison: comparisonSeed }),
  inner: fc.record({
    kind: fc.constantFrom('all', 'any', 'not'),
    parts: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
  }),
  tree: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 2, arbitrary: tie('leaf') },
    { weight: 1, arbitrary: tie('inner') },
  ),
})).tree

/** Which attributes a field of the type is compared with. */
const ATTRIBUTES: { readonly [type in FieldType]?: readonly string[] } = {
  text: ['region', 'id', 'role'],
  longText: ['region'],
  email: ['region'],
  phone: ['region'],
  url: ['region'],
  number: ['limit'],
  integer: ['limit'],
  money: ['limit'],
  percent: ['limit'],
  boolean: ['vip'],
  date: ['since'],
  dateTime: ['moment', 'since'],
  choice: ['stage'],
  choices: ['stage'],
  user: ['id', 'buddy'],
  lookup: ['home'],
}

const SYSTEM: readonly (readonly [Key, FieldDefinition])[] = [
  ['owner', { type: 'user' }],
  ['confidential', { type: 'boolean' }],
  ['createdAt', { type: 'dateTime' }],
  ['createdBy', { type: 'user' }],
  ['updatedAt', { type: 'dateTime' }],
  ['version', { type: 'integer' }],
  ['externalId', { type: 'text' }],
]

/** A condition that a check accepts: real fields, operators and values of their types, none on an encrypted field. */
export function condition(values: Values, fields: { readonly [field: Key]: FieldDefinition }, tree: Tree): Condition {
  const parts = (tree.parts ?? []).map((part) => condition(values, fields, part))
  if (tree.comparison) return comparison(values, fields, tree.comparison)
  if (tree.kind === 'not' && parts[0]) return { not: parts[0] }
  return tree.kind === 'any' ? { any: parts } : { all: parts }
}

function comparison(
  values: Values,
  fields: { readonly [field: Key]: FieldDefinition },
  seed: Made<typeof comparisonSeed>,
): Comparison {
  const open = [...Object.entries(fields).filter(([, { encrypted }]) => !encrypted), ...SYSTEM]
  const [field, definition] = pick(open, seed.field)
  const op = pick([...operatorsOf(definition.type)], seed.op)
  if (op === 'isEmpty' || op === 'isNotEmpty') return { field, op }
  return { field, op, value: wanted(values, definition, op, seed) }
}

function wanted(
  values: Values,
  definition: FieldDefinition,
  op: Operator,
  { source, value, more }: Made<typeof comparisonSeed>,
): ConditionValue {
  const { type } = definition
  const possible =
    type === 'dateTime' && value % 2 === 0 ? valuesOf(values, { type: 'date' }) : valuesOf(values, definition)
  if (op === 'in' || op === 'notIn') return [...new Set([value, ...more].map((at) => pick(possible, at)))]
  if (source >= 8 && (type === 'date' || type === 'dateTime')) return { today: (value % 5) - 2 }
  const attributes = ATTRIBUTES[type]
  if (source >= 5 && attributes) return { user: pick(attributes, value) }
  return pick(possible, value)
}
