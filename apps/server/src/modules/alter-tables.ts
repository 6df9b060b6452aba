import type { Problem } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import { forgetData } from './forget-data.ts'
import { leaveForLater } from './later-indexes.ts'
import { compareTables, type TableChange } from './table-changes.ts'
import type { TableModules } from './table-field.ts'
import { type TablePlace, tableStatements } from './table-statements.ts'

/** The data stood in the way of a change of the tables. Nothing of the transaction may stay. */
export class TableChangeRefused extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.name = 'TableChangeRefused'
    this.problem = problem
  }
}

/** What PostgreSQL says when values don't suit the new column or index, by SQLSTATE. */
const REFUSALS: ReadonlyMap<string, Omit<Problem, 'path'>> = new Map([
  [
    '23505',
    { message: 'Several records hold the same value.', cure: 'Make the values differ before they have to be unique.' },
  ],
  [
    '22003',
    { message: 'Some value is too large for the new type.', cure: 'Lower the value, or choose the type number.' },
  ],
  [
    '54000',
    { message: 'Some value is too long to be indexed.', cure: 'Shorten the value, or leave the field unindexed.' },
  ],
])

/**
 * Turns the record tables of one set of modules into those of another, inside the caller's transaction, which must be the table
 * owner's. Data that would go is not asked about: see `findDataAtStake`.
 * @returns whether there are indexes left that a job is to make
 * @throws TableChangeRefused where the data doesn't fit the change.
 */
export async function alterTables(
  transaction: QueryExecutorProvider,
  place: TablePlace,
  before: TableModules,
  after: TableModules,
): Promise<boolean> {
  const { atOnce, isMoreLeft } = await leaveForLater(transaction, place, compareTables(before, after))
  for (const change of atOnce) await makeChange(transaction, place, change)
  return isMoreLeft
}

async function makeChange(transaction: QueryExecutorProvider, place: TablePlace, change: TableChange): Promise<void> {
  try {
    for (const statement of tableStatements(place, change)) await statement.execute(transaction)
    await forgetData(transaction, place, change)
  } catch (error) {
    throw refusalOf(change, error) ?? error
  }
}

function refusalOf(change: TableChange, error: unknown): TableChangeRefused | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const refusal = REFUSALS.get(code)
  return refusal && new TableChangeRefused({ path: pathOf(change), ...refusal }, { cause: error })
}

/** Where in the policy document the change is asked for. */
export function pathOf(change: TableChange): string {
  const module = `/modules/${change.module}`
  return 'field' in change ? `${module}/fields/${change.field}` : module
}
