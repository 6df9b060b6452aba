import type { Key, RuleFields } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { columnType, fieldColumn, hasOwnColumn, indexName, isFoldedText } from './columns.ts'
import type { TableField, TableModule } from './table-field.ts'
import { undeletedWithin } from './undeleted.ts'

/**
 * An index that has, of everybody's records or a bucket's, those with certain values in order: a list finds there the first of what a
 * sharing rule by values leads to, and needn't look through all others.
 */
export interface RuleIndex {
  readonly name: string
  readonly fields: readonly Key[]
  /** Of the records of each bucket. */
  readonly isOwned: boolean
  /** By title, where its column is told; else by newest. */
  readonly title?: string
  /** Types of all columns: the index is made anew when one changes. */
  readonly over: string
  readonly columns: readonly { readonly name: string; readonly isFolded: boolean }[]
}

/** Every index makes writing slower: rules by further fields are found as well, but not as fast. */
const MOST_SETS = 6
const MOST_FIELDS = 3

/** The sets of fields that indexes are made for, of all that rules go by. */
export function indexedRuleFields({ fields, ruledBy = [] }: TableModule): RuleFields[] {
  const sets = new Map<string, RuleFields>()
  for (const { fields: keys, isOwned } of ruledBy) {
    const found = keys.filter((key) => canBeFound(key, fields.get(key))).slice(0, MOST_FIELDS)
    if (found.length > 0) sets.set(`${isOwned} ${found}`, { fields: found, isOwned })
  }
  return [...sets.values()].slice(0, MOST_SETS)
}

const TYPES: ReadonlySet<string> = new Set(['boolean', 'lookup', 'user'])

/** Where one value is told from another as the column has it, or by the beginning of its text. */
function canBeFound(key: Key, field: TableField | undefined): field is TableField {
  if (!field || field.encrypted || hasOwnColumn(key) || field.type === 'longText') return false
  return TYPES.has(field.type) || isFoldedText(field)
}

export function ruleIndexes(module: Key, table: TableModule): RuleIndex[] {
  const title = [...table.fields].find(([, field]) => field.title && isFoldedText(field) && field.type !== 'longText')
  return indexedRuleFields(table).flatMap(({ fields, isOwned }) => {
    const shapes = fields.map((key) => table.fields.get(key) as TableField)
    const columns = fields.map((key, at) => ({ name: fieldColumn(key), isFolded: isFoldedText(shapes[at]!) }))
    const common = { fields, isOwned, columns, over: shapes.map(columnType).join() }
    const newest: RuleIndex = { ...common, name: indexName(module, fields.join('$'), isOwned ? 'qn' : 'rn') }
    if (!title) return [newest]
    const [key, field] = title
    const name = indexName(module, fields.join('$'), isOwned ? 'qt' : 'rt')
    return [newest, { ...common, name, title: fieldColumn(key), over: `${common.over},${columnType(field)}` }]
  })
}

export function sameRuleIndex(one: RuleIndex, other: RuleIndex): boolean {
  return one.name === other.name && one.title === other.title && one.over === other.over
}

export function ruleIndexStatement(table: RawBuilder<unknown>, index: RuleIndex): RawBuilder<unknown> {
  const columns = index.columns.map(({ name, isFolded }) => {
    return isFolded ? sql`(${ruleKey(foldedColumn(name))})` : sql.id(name)
  })
  const order = index.title === undefined ? sql`updated_at desc, id desc` : sql`(${foldedColumn(index.title)}), id`
  const keys = [...(index.isOwned ? [sql.id('bucket')] : []), ...columns]
  return sql`create index ${sql.id(index.name)} on ${table} (${sql.join(keys)}, ${order}) where ${undeletedWithin()}`
}

/** How often the values come, which is told of no index over a part of a table. Nothing where they are no expressions. */
export function ruleStatisticsStatement(
  table: RawBuilder<unknown>,
  statistics: RawBuilder<unknown>,
  { columns, title }: RuleIndex,
): RawBuilder<unknown>[] {
  if (title !== undefined || !columns.some(({ isFolded }) => isFolded)) return []
  const told = columns.filter(({ isFolded }) => isFolded).map(({ name }) => sql`(${ruleKey(foldedColumn(name))})`)
  const kinds = told.length > 1 ? sql`(ndistinct)` : sql``
  return [sql`create statistics ${statistics} ${kinds} on ${sql.join(told)} from ${table}`]
}

/** As much of a folded text as stands in an index by rules' values. The whole would be too long for some. */
export function ruleKey(folded: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`left(${folded}, 64)`
}

function foldedColumn(column: string): RawBuilder<unknown> {
  return sql`control.fold(${sql.id(column)}) collate "C"`
}
