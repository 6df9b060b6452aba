import type { Key, Problem } from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { pathOf } from './alter-tables.ts'
import { fieldColumn, recordTable } from './columns.ts'
import type { FieldIndex } from './field-indexes.ts'
import { compareTables, type TableChange } from './table-changes.ts'
import type { TableField, TableModules } from './table-field.ts'
import type { TablePlace } from './table-statements.ts'

/** A module or field that would go, and how many records (those in the recycle bin too) hold something in it. */
export interface DataLoss {
  readonly module: Key
  readonly field?: Key
  readonly records: number
}

export interface DataAtStake {
  /** What the change would destroy; what holds nothing isn't listed. */
  readonly losses: readonly DataLoss[]
  /** What the data doesn't allow at all, however much is given up. */
  readonly problems: readonly Problem[]
}

/** Looks at what a change of the modules would do to the records there are. Reads only. */
export async function findDataAtStake(
  database: QueryExecutorProvider,
  place: TablePlace,
  before: TableModules,
  after: TableModules,
): Promise<DataAtStake> {
  const changes = compareTables(before, after).filter(
    (change) => after.has(change.module) || change.kind === 'dropModule',
  )
  const losses: DataLoss[] = []
  const problems: Problem[] = []
  for (const change of changes) {
    const loss = await findLoss(database, place, change)
    const becomes = change.kind === 'dropField' ? change.becomes : undefined
    if (loss && becomes) problems.push(unconvertible(change, loss, becomes))
    else if (loss) losses.push(loss)
    if (await hasDuplicates(database, place, change, changes)) problems.push(duplicates(change))
  }
  return { losses, problems }
}

async function findLoss(
  database: QueryExecutorProvider,
  place: TablePlace,
  change: TableChange,
): Promise<DataLoss | undefined> {
  if (change.kind !== 'dropModule' && change.kind !== 'dropField') return undefined
  const field = change.kind === 'dropField' ? change.field : undefined
  const counted = field === undefined ? sql`*` : sql.id(fieldColumn(field))
  const records = await count(database, sql`select count(${counted}) as count from ${tableOf(place, change)}`)
  return records > 0 ? { module: change.module, field, records } : undefined
}

/** Only an index over a column that stays as it is can meet values: a new or emptied one has none. */
async function hasDuplicates(
  database: QueryExecutorProvider,
  place: TablePlace,
  change: TableChange,
  changes: readonly TableChange[],
): Promise<boolean> {
  if (change.kind !== 'addIndex' || !change.index.unique || isNewColumn(change, changes)) return false
  const value = comparedValue(change.index)
  const groups = sql`select from ${tableOf(place, change)} where deleted_at is null and ${sql.id(change.index.column)} is not null
    group by ${value} having count(*) > 1 limit 1`
  return (await count(database, sql`select count(*) as count from (${groups}) as repeated`)) > 0
}

function isNewColumn(change: TableChange & { kind: 'addIndex' }, changes: readonly TableChange[]): boolean {
  return changes.some(
    (other) => other.kind === 'addField' && other.module === change.module && other.field === change.field,
  )
}

function comparedValue(index: FieldIndex): RawBuilder<unknown> {
  return index.by === 'folded' ? sql`control.fold(${sql.id(index.column)}) collate "C"` : sql.id(index.column)
}

function tableOf(place: TablePlace, change: TableChange): RawBuilder<unknown> {
  return sql.id(place.schema, recordTable(change.module))
}

async function count(database: QueryExecutorProvider, query: RawBuilder<unknown>): Promise<number> {
  const result = await sql<{ count: string }>`${query}`.execute(database)
  return Number(result.rows[0]?.count ?? 0)
}

function unconvertible(change: TableChange, loss: DataLoss, to: TableField): Problem {
  const wanted = to.encrypted ? `an encrypted field of type ${to.type}` : `type ${to.type}`
  return {
    path: pathOf(change),
    message: `${loss.records} records hold values that can't be turned into ${wanted}.`,
    cure: 'Add a field under a new key and move the values, or empty this one first.',
  }
}

function duplicates(change: TableChange): Problem {
  return {
    path: `${pathOf(change)}/unique`,
    message: 'Several records hold the same value.',
    cure: 'Make the values differ before they have to be unique.',
  }
}
