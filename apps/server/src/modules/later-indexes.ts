import { type QueryExecutorProvider, sql } from 'kysely'
import { recordTable } from './columns.ts'
import type { TableChange } from './table-changes.ts'

/** Of so few records of a module an index is made, and a page is found without one, soon enough for whoever waits. */
export const FEW_RECORDS = 20_000

export interface ChangesInTurn {
  readonly atOnce: readonly TableChange[]
  /** There are indexes that a job is to make, which keeps no writer waiting. Until then what they are for is found without them. */
  readonly isMoreLeft: boolean
}

/** Leaves out the indexes for sharing rules on tables with many records: nothing but the speed of lists rests on them. */
export async function leaveForLater(
  transaction: QueryExecutorProvider,
  { schema }: { readonly schema: string },
  changes: readonly TableChange[],
): Promise<ChangesInTurn> {
  const modules = new Set(changes.flatMap(({ kind, module }) => (kind === 'addRuleIndex' ? module : [])))
  if (modules.size === 0) return { atOnce: changes, isMoreLeft: false }
  const { rows } = await sql<{ readonly name: string }>`
    select relname as name from pg_class
    where relnamespace = (select oid from pg_namespace where nspname = ${schema}) and reltuples >= ${FEW_RECORDS}
      and relname = any(${[...modules].map(recordTable)}::text[])`.execute(transaction)
  const large = new Set(rows.map(({ name }) => name))
  const atOnce = changes.filter(({ kind, module }) => kind !== 'addRuleIndex' || !large.has(recordTable(module)))
  return { atOnce, isMoreLeft: atOnce.length < changes.length }
}
