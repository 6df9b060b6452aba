import type { FieldComparison, Key, RuleWay } from '@bailiwick/access'
import { isNumberType } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn, hasOwnColumn, isFoldedText } from './columns.ts'
import type { TableField, TableModule } from './table-field.ts'

/** Records that an index has for sharing rules by values: those in which some fields have the same values, or on which conditions hold. */
export interface RuleSet {
  /** Each combination of their values has its records beside each other. */
  readonly fields: readonly Key[]
  /** The index has those records alone on which all of these hold. */
  readonly only: readonly FieldComparison[]
  /** For rules that go by owners besides: each bucket's apart. */
  readonly isOwned: boolean
}

/** Every index makes writing slower: what further rules lead to is found as well, but not as fast. */
const MOST_SETS = 6
const MOST_FIELDS = 3
const MOST_LISTED = 20

/** The sets that indexes are made for, of all that the module's rules lead to. Rules that ask for equal values alone have sets in common. */
export function ruleSets({ fields, ruleWays = [] }: TableModule): RuleSet[] {
  const sets = ruleWays.flatMap(({ comparisons, isOwned }): RuleSet[] => {
    const fixed = comparisons.filter((one) => isFixed(one, fields.get(one.field)))
    if (fixed.some(({ op }) => op !== 'eq')) return [{ fields: [], only: fixed, isOwned }]
    const keys = comparisons.filter((one) => one.op === 'eq' && isKey(one.field, fields.get(one.field)))
    const found = [...new Set(keys.map(({ field }) => field))].sort().slice(0, MOST_FIELDS)
    return found.length === 0 ? [] : [{ fields: found, only: [], isOwned }]
  })
  const different = [...new Map(sets.map((set) => [JSON.stringify(set), set])).values()]
  const of = (isByFields: boolean) => different.filter(({ fields: keys }) => keys.length > 0 === isByFields)
  return [...of(true).slice(0, MOST_SETS), ...of(false).slice(0, MOST_SETS)]
}

/** The narrowest set that has all records of a way; nothing where no index has them. */
export function ruleSetOf(table: TableModule, { comparisons, isOwned }: RuleWay): RuleSet | undefined {
  const asked = new Set(comparisons.map((one) => JSON.stringify(one)))
  const equal = new Set(comparisons.flatMap(({ op, field }) => (op === 'eq' ? [field] : [])))
  return ruleSets(table)
    .filter((set) => set.isOwned === isOwned)
    .filter(({ fields, only }) => fields.every((key) => equal.has(key)) && only.every((one) => asked.has(told(one))))
    .sort((one, other) => other.only.length - one.only.length || other.fields.length - one.fields.length)[0]
}

const told = (comparison: FieldComparison) => JSON.stringify(comparison)

const KEY_TYPES: ReadonlySet<string> = new Set(['boolean', 'lookup', 'user'])

/** Where one value is told from another as the column has it, or by the beginning of its text. */
function isKey(key: Key, field: TableField | undefined): field is TableField {
  if (!field || field.encrypted || hasOwnColumn(key)) return false
  return KEY_TYPES.has(field.type) || isTold(field)
}

/** Whether an index can be over the records alone on which the comparison holds: it says the same to everybody, every day. */
function isFixed({ field: key, op, value }: FieldComparison, field: TableField | undefined): boolean {
  if (!field || field.encrypted || hasOwnColumn(key)) return false
  if (op === 'isEmpty') return true
  if (Array.isArray(value)) return op === 'in' && isTold(field) && value.length > 0 && value.length <= MOST_LISTED
  if (typeof value === 'object' || value === undefined) return false
  if (op === 'eq') return field.type === 'boolean' || isTold(field)
  return SIGNS[op] !== undefined && (isNumberType(field.type) || field.type === 'date')
}

function isTold(field: TableField): boolean {
  return isFoldedText(field) && field.type !== 'longText'
}

const SIGNS: { readonly [op: string]: string } = { lt: '<', lte: '<=', gt: '>', gte: '>=' }

/**
 * A comparison that an index is over, with its value in the text: only so can the database tell that the index has the records.
 * @param alias the table's, where it has one
 */
export function fixedCondition(table: TableModule, { field: key, op, value }: FieldComparison, alias?: string) {
  const field = table.fields.get(key)
  const column = sql.ref([...(alias === undefined ? [] : [alias]), fieldColumn(key)].join('.'))
  if (op === 'isEmpty') return sql<boolean>`${column} is null`
  if (field?.type === 'boolean') return sql<boolean>`${column} = ${sql.lit(value === true)}`
  const sign = SIGNS[op]
  if (sign && field) return sql<boolean>`${column} ${sql.raw(sign)} ${sql.lit(String(value))}::${castOf(field)}`
  const values = (Array.isArray(value) ? value : [value]).map((one) => ruleKey(sql`${sql.lit(String(one))}::text`))
  return sql<boolean>`${ruleKey(folded(column))} in (${sql.join(values)})`
}

function castOf({ type }: TableField): RawBuilder<unknown> {
  if (type === 'date') return sql`date`
  return type === 'number' || type === 'percent' ? sql`double precision` : sql`numeric`
}

/** As much of a folded text as stands in an index by rules' values. The whole would be too long for some. */
export function ruleKey(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`left(${text}, 64)`
}

/** The one form in which text is compared and sorted. */
export function folded(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(control.fold(${column}) collate "C")`
}
