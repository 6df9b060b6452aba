import type { FieldType, Key } from '@bailiwick/access'
import { columnType, hasOwnColumn } from './columns.ts'
import { type FieldIndex, fieldIndexes, sameIndex } from './field-indexes.ts'
import { type RuleIndex, ruleIndexes } from './rule-indexes.ts'
import { changedTexts, type SearchedTexts, searchedColumns } from './searched-texts.ts'
import type { TableField, TableModule, TableModules } from './table-field.ts'

interface FieldChange {
  readonly module: Key
  readonly field: Key
}

/** One step from the tables as they are to the tables as they should be. */
export type TableChange =
  | { readonly kind: 'dropTexts'; readonly module: Key }
  | { readonly kind: 'dropRuleIndex'; readonly module: Key; readonly index: RuleIndex }
  /** Indexes that came of lists which were sorted by the field: while it was of another type, or had no index of its own. */
  | ({ readonly kind: 'dropOrders' } & FieldChange)
  | ({ readonly kind: 'dropIndex'; readonly index: FieldIndex } & FieldChange)
  /** `becomes`: the field stays, but its values can't; this is done only where there are none. */
  | ({ readonly kind: 'dropField'; readonly was: TableField; readonly becomes?: TableField } & FieldChange)
  | { readonly kind: 'dropModule'; readonly module: Key }
  | { readonly kind: 'createModule'; readonly module: Key }
  | ({ readonly kind: 'convertField'; readonly from: TableField; readonly to: TableField } & FieldChange)
  | ({ readonly kind: 'addField'; readonly to: TableField } & FieldChange)
  | ({ readonly kind: 'addIndex'; readonly index: FieldIndex } & FieldChange)
  | { readonly kind: 'addRuleIndex'; readonly module: Key; readonly index: RuleIndex }
  | { readonly kind: 'addTexts'; readonly module: Key; readonly texts: SearchedTexts }

/** The order in which kinds of steps can be done: whatever points at a thing goes before it, and comes after it. */
const ORDER: readonly TableChange['kind'][] = [
  'dropTexts',
  'dropRuleIndex',
  'dropOrders',
  'dropIndex',
  'dropField',
  'dropModule',
  'createModule',
  'convertField',
  'addField',
  'addIndex',
  'addRuleIndex',
  'addTexts',
]

const TEXT_TYPES: ReadonlySet<FieldType> = new Set(['text', 'longText', 'email', 'phone', 'url'])

/** Types whose every value is a value of the other type as well; text-like types take one another's. */
const WIDENINGS: { readonly [from in FieldType]?: readonly FieldType[] } = {
  integer: ['number', 'money', 'percent'],
  money: ['number', 'percent'],
  number: ['percent'],
  percent: ['number'],
  choice: ['text', 'longText', 'choices'],
  autoNumber: ['text', 'longText'],
}

/** The steps that turn the tables of one policy's modules into those of another's, in an order that works. */
export function compareTables(before: TableModules, after: TableModules): TableChange[] {
  const modules = new Set([...before.keys(), ...after.keys()])
  const changes = [...modules].flatMap((module) => compareModule(module, before.get(module), after.get(module)))
  return changes.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

/** Whether every value of the first field can stand in the second as it is. */
export function isWidening(from: TableField, to: TableField): boolean {
  if (from.encrypted !== to.encrypted || from.module !== to.module) return false
  if (from.type === to.type || (TEXT_TYPES.has(from.type) && TEXT_TYPES.has(to.type))) return true
  return !from.encrypted && (WIDENINGS[from.type]?.includes(to.type) ?? false)
}

/** Whether the two fields can stand in one column without a conversion. */
export function sameColumn(from: TableField, to: TableField): boolean {
  return isWidening(from, to) && columnType(from) === columnType(to)
}

function compareModule(module: Key, before: TableModule | undefined, after: TableModule | undefined): TableChange[] {
  if (!after) return [{ kind: 'dropTexts', module }, ...leavingLookups(module, before), { kind: 'dropModule', module }]
  const from = columnFields(before)
  const to = columnFields(after)
  const fields = before ? [...new Set([...from.keys(), ...to.keys()])] : figuresFirst(to)
  const changes = [
    ...fields.flatMap((field) => compareField({ module, field }, from.get(field), to.get(field))),
    ...compareRuleIndexes(module, before, after),
    ...compareTexts(module, before, after),
  ]
  return before ? changes : [{ kind: 'createModule', module }, ...changes]
}

const MADE_INTO_FIGURES: ReadonlySet<FieldType> = new Set([
  ...(['choice', 'boolean', 'date', 'dateTime'] as const),
  ...(['number', 'integer', 'money', 'percent'] as const),
])

/**
 * The fields of a new table in the order of its columns: what is grouped by and added up stands in front, for to read a column of a record
 * costs the more the more stand before it, and figures are made of many records.
 */
function figuresFirst(fields: ReadonlyMap<Key, TableField>): Key[] {
  const isFront = ({ type, encrypted }: TableField) => MADE_INTO_FIGURES.has(type) && !encrypted
  const [front, behind] = [true, false].map((place) => [...fields].filter(([, field]) => isFront(field) === place))
  return [...(front ?? []), ...(behind ?? [])].map(([key]) => key)
}

/** Where some go, all are made anew: no index has a column less, and none may go while a trigger asks for it. */
function compareTexts(module: Key, before: TableModule | undefined, after: TableModule): TableChange[] {
  if (!before) return [{ kind: 'addTexts', module, texts: { columns: searchedColumns(after) } }]
  const texts = changedTexts(before, after, isWidening)
  if (!texts) return []
  return [...(texts.kept ? [] : [{ kind: 'dropTexts', module } as const]), { kind: 'addTexts', module, texts }]
}

function compareRuleIndexes(module: Key, before: TableModule | undefined, after: TableModule): TableChange[] {
  const old = before ? ruleIndexes(module, before) : []
  const next = ruleIndexes(module, after)
  const isIn = (index: RuleIndex, indexes: readonly RuleIndex[]) => indexes.some(({ over }) => over === index.over)
  return [
    ...old
      .filter((index) => !isIn(index, next))
      .map((index): TableChange => ({ kind: 'dropRuleIndex', module, index })),
    ...next.filter((index) => !isIn(index, old)).map((index): TableChange => ({ kind: 'addRuleIndex', module, index })),
  ]
}

/** Two modules that go together may look each other up: their lookups go first. */
function leavingLookups(module: Key, before: TableModule | undefined): TableChange[] {
  const lookups = [...columnFields(before)].filter(([, field]) => field.type === 'lookup')
  return lookups.map(([field, was]) => ({ kind: 'dropField', module, field, was }))
}

function columnFields(module: TableModule | undefined): ReadonlyMap<Key, TableField> {
  return new Map([...(module?.fields ?? [])].filter(([field]) => !hasOwnColumn(field)))
}

function compareField(at: FieldChange, from: TableField | undefined, to: TableField | undefined): TableChange[] {
  if (!to) return from ? [{ kind: 'dropField', ...at, was: from }] : []
  if (!from) return addField(at, to)
  if (!isWidening(from, to)) return [{ kind: 'dropField', ...at, was: from, becomes: to }, ...addField(at, to)]
  const isOtherwiseSorted = from.type !== to.type || (to.indexed && !from.indexed)
  const orders: TableChange[] = isOtherwiseSorted ? [{ kind: 'dropOrders', ...at }] : []
  return [...orders, ...conversion(at, from, to), ...compareIndexes(at, from, to)]
}

function addField(at: FieldChange, to: TableField): TableChange[] {
  return [{ kind: 'addField', ...at, to }, ...addIndexes(at, fieldIndexes(at.module, at.field, to))]
}

function conversion(at: FieldChange, from: TableField, to: TableField): TableChange[] {
  const numberingEnds = from.type === 'autoNumber' && to.type !== 'autoNumber'
  const changes = columnType(from) !== columnType(to) || numberingEnds
  return changes ? [{ kind: 'convertField', ...at, from, to }] : []
}

function compareIndexes(at: FieldChange, from: TableField, to: TableField): TableChange[] {
  const old = fieldIndexes(at.module, at.field, from)
  const next = fieldIndexes(at.module, at.field, to)
  const gone = old.filter((index) => !next.some((other) => sameIndex(index, other)))
  const fresh = next.filter((index) => !old.some((other) => sameIndex(index, other)))
  return [...gone.map((index): TableChange => ({ kind: 'dropIndex', ...at, index })), ...addIndexes(at, fresh)]
}

function addIndexes(at: FieldChange, indexes: readonly FieldIndex[]): TableChange[] {
  return indexes.map((index) => ({ kind: 'addIndex', ...at, index }))
}
