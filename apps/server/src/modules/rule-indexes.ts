import { createHash } from 'node:crypto'
import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn, indexName, isFoldedText, type RuleIndexKind } from './columns.ts'
import { fixedCondition, folded, type RuleSet, ruleKey, ruleSets } from './rule-sets.ts'
import type { TableModule } from './table-field.ts'
import { undeletedByRule } from './undeleted.ts'

/**
 * An index that has, of everybody's records or a bucket's, those of a rule set in order: a list finds there the first of what a sharing
 * rule by values leads to, and needn't look through all others.
 */
export interface RuleIndex {
  readonly name: string
  /** What it is over, fields' types included: the index is made anew when that changes. */
  readonly over: string
  readonly keys: readonly RawBuilder<unknown>[]
  readonly where: RawBuilder<unknown>
  /** Values in it of which only statistics of their own tell how often they come. */
  readonly told: readonly RawBuilder<unknown>[]
}

export function ruleIndexes(module: Key, table: TableModule): RuleIndex[] {
  const title = [...table.fields].find(([, field]) => field.title && isFoldedText(field) && field.type !== 'longText')
  return ruleSets(table).flatMap((set) => {
    const newest = ruleIndex(module, table, set, set.isOwned ? 'qn' : 'rn')
    return title ? [newest, ruleIndex(module, table, set, set.isOwned ? 'qt' : 'rt', title[0])] : [newest]
  })
}

function ruleIndex(module: Key, table: TableModule, set: RuleSet, kind: RuleIndexKind, title?: Key): RuleIndex {
  const types = [...set.fields, ...set.only.map(({ field }) => field), ...(title === undefined ? [] : [title])]
  const values = set.fields.map((key) => keyColumn(table, key))
  return {
    name: indexName(module, nameOf(set), kind),
    over: JSON.stringify([set, title, types.map((key) => kindOf(table, key))]),
    keys: [...(set.isOwned ? [sql.id('bucket')] : []), ...values, ...orderOf(title)],
    where: sql.join([undeletedByRule(), ...set.only.map((one) => fixedCondition(table, one))], sql` and `),
    told: title === undefined ? set.fields.filter((key) => isText(table, key)).map((key) => keyColumn(table, key)) : [],
  }
}

const HASH_LENGTH = 16

/** A name that is told by conditions has no other ending than a hash of them. */
function nameOf({ fields, only }: RuleSet): string {
  if (only.length === 0) return fields.join('$')
  return `$${createHash('sha256').update(JSON.stringify(only)).digest('hex').slice(0, HASH_LENGTH)}`
}

/** What a column is made anew for, and its indexes with it. */
function kindOf({ fields }: TableModule, key: Key): readonly (string | undefined)[] {
  const field = fields.get(key)
  return [field?.type, field?.module]
}

function isText({ fields }: TableModule, key: Key): boolean {
  const field = fields.get(key)
  return field !== undefined && isFoldedText(field)
}

function keyColumn(table: TableModule, key: Key): RawBuilder<unknown> {
  const column = sql.id(fieldColumn(key))
  return isText(table, key) ? sql`(${ruleKey(folded(column))})` : column
}

function orderOf(title: Key | undefined): RawBuilder<unknown>[] {
  if (title === undefined) return [sql`updated_at desc`, sql`id desc`]
  return [folded(sql.id(fieldColumn(title))), sql`id`]
}

/**
 * The statements that make it, in order: what an older program left behind, or didn't make, is no hindrance.
 * @param statistics what its statistics are called
 * @param meanwhile `concurrently`: nobody who writes waits, the statements are for outside of transactions, and broken off midway they leave an index
 * that isn't whole
 */
export function ruleIndexStatements(
  table: RawBuilder<unknown>,
  statistics: RawBuilder<unknown>,
  { name, keys, where, told }: RuleIndex,
  meanwhile: RawBuilder<unknown> = sql``,
): RawBuilder<unknown>[] {
  const index = sql`
    create index ${meanwhile} if not exists ${sql.id(name)} on ${table} (${sql.join(keys)}) where ${where}`
  if (told.length === 0) return [index]
  const kinds = told.length > 1 ? sql`(ndistinct)` : sql``
  // Before the index: who finds that one there looks for nothing else.
  return [sql`create statistics if not exists ${statistics} ${kinds} on ${sql.join(told)} from ${table}`, index]
}
