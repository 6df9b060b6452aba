import type { Key } from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import { fieldColumn, recordTable, searchTable } from './columns.ts'
import { beginCounting, COUNT_MADE } from './counting-statements.ts'
import { leaveForLater } from './later-indexes.ts'
import { toldColumns } from './searched-texts.ts'
import { compareTables, type TableChange } from './table-changes.ts'
import type { TableModules } from './table-field.ts'
import { bucketStatements, sharedIndex, sharedIndexName, type TablePlace, tableStatements } from './table-statements.ts'

/** The tables with their columns, the indexes, the tables whose records are counted, and what is said of tables, that a schema has. */
interface Standing {
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>
  readonly indexes: ReadonlySet<string>
  readonly counted: ReadonlySet<string>
  readonly told: ReadonlyMap<string, string>
}

export interface Completed {
  /** How many things were missing, and are there now. */
  readonly made: number
  /** There are indexes left that a job is to make. */
  readonly isMoreLeft: boolean
}

/**
 * Adds the tables, columns and indexes that the modules need and the schema lacks; takes nothing away. A newer program knows built-in
 * modules and fields that an older one's tables don't have.
 * @param onMissing told how many steps there are to tables as they should be, if any, before they are taken
 */
export async function completeTables(
  transaction: QueryExecutorProvider,
  place: TablePlace,
  modules: TableModules,
  onMissing: (steps: number) => void = () => {},
): Promise<Completed> {
  const standing = await readStanding(transaction, place)
  const unbucketed = [...modules.keys()].filter((module) => hasNoBuckets(standing, module))
  for (const module of unbucketed) {
    for (const statement of bucketStatements(place, module)) await statement.execute(transaction)
  }
  const uncounted = [...modules.keys()].filter((module) => isUncounted(standing, module))
  for (const module of uncounted) {
    for (const statement of beginCounting(place, module)) await statement.execute(transaction)
  }
  const unshared = [...modules.keys()].filter((module) => hasNoSharedIndex(standing, module))
  for (const module of unshared) await sharedIndex(place, module).execute(transaction)
  const lacking = compareTables(new Map(), modules).filter((change) => !isStanding(standing, change))
  const { atOnce: missing, isMoreLeft } = await leaveForLater(transaction, place, lacking)
  if (missing.length > 0) onMissing(missing.length)
  // Texts of other columns than these are made anew.
  const left = missing.flatMap(({ kind, module }): TableChange[] =>
    kind === 'addTexts' && standing.columns.has(searchTable(module)) ? [{ kind: 'dropTexts', module }] : [],
  )
  for (const change of [...left, ...missing]) {
    for (const statement of tableStatements(place, change)) await statement.execute(transaction)
  }
  const indexed = await indexTexts(transaction, place, modules)
  const made = unbucketed.length + uncounted.length + unshared.length + missing.length + indexed
  return { made, isMoreLeft }
}

/** For texts that were there before the database knew trigrams. */
async function indexTexts(transaction: QueryExecutorProvider, { schema }: TablePlace, modules: TableModules) {
  const tables = [...modules.keys()].map(searchTable)
  const { rows } = await sql<{ made: number }>`
    select coalesce(sum(control.index_searched(oid)), 0)::integer as made from pg_class
    where relnamespace = (select oid from pg_namespace where nspname = ${schema}) and relname = any(${tables}::text[])`.execute(
    transaction,
  )
  return rows[0]!.made
}

function isUncounted({ columns, counted }: Standing, module: Key): boolean {
  return columns.has(recordTable(module)) && !counted.has(recordTable(module))
}

function hasNoSharedIndex({ columns, indexes }: Standing, module: Key): boolean {
  return columns.has(recordTable(module)) && !indexes.has(sharedIndexName(module))
}

function hasNoBuckets({ columns }: Standing, module: Key): boolean {
  return columns.get(recordTable(module))?.has('bucket') === false
}

function isStanding({ columns, indexes, told }: Standing, change: TableChange): boolean {
  const table = columns.get(recordTable(change.module))
  if (change.kind === 'createModule') return table !== undefined
  if (change.kind === 'addField') return table?.has(fieldColumn(change.field)) ?? false
  if (change.kind === 'addTexts') return told.get(searchTable(change.module)) === toldColumns(change.texts.columns)
  return (change.kind === 'addIndex' || change.kind === 'addRuleIndex') && indexes.has(change.index.name)
}

async function readStanding(transaction: QueryExecutorProvider, { schema }: TablePlace): Promise<Standing> {
  const { rows } = await sql<{
    name: string
    kind: string
    columns: string[]
    is_counted: boolean
    told: string | null
  }>`
    select class.relname as name, class.relkind as kind,
      exists (select from pg_trigger where tgrelid = class.oid and tgname = ${COUNT_MADE}) as is_counted,
      obj_description(class.oid, 'pg_class') as told,
      array(select attname::text from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped) as columns
    from pg_class as class
    join pg_namespace as namespace on namespace.oid = class.relnamespace
    where namespace.nspname = ${schema} and class.relkind in ('r', 'i')`.execute(transaction)
  return {
    columns: new Map(rows.filter(({ kind }) => kind === 'r').map(({ name, columns }) => [name, new Set(columns)])),
    indexes: new Set(rows.filter(({ kind }) => kind === 'i').map(({ name }) => name)),
    counted: new Set(rows.filter(({ is_counted }) => is_counted).map(({ name }) => name)),
    told: new Map(rows.flatMap(({ name, told }) => (told === null ? [] : [[name, told]]))),
  }
}
