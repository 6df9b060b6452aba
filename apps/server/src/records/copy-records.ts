import type { Key } from '@bailiwick/access'
import { escapeIdentifier } from 'pg'
import { fieldColumn, recordTable, searchTable } from '../modules/columns.ts'
import { type Cell, type Connection, copyRows } from './copy-rows.ts'

const FRAME_COLUMNS = [
  ...['id', 'owner_id', 'confidential', 'created_at', 'created_by'],
  ...['updated_at', 'updated_by', 'version', 'shares_count'],
]
const SHARE_COLUMNS = ['record_id', 'module', 'grantee', 'level', 'expires_at', 'created_at']

/** A made-up record: owner and makers by their numbers among the owners, values in the order of the fields. */
export interface CopiedRecord {
  readonly id: string
  readonly owner: number
  readonly confidential: boolean
  /** Epoch milliseconds. */
  readonly created: number
  readonly updated: number
  readonly shares: number
  readonly values: readonly Cell[]
}

export interface CopiedRecords {
  readonly module: Key
  readonly fields: readonly Key[]
  readonly records: Iterable<CopiedRecord>
}

/** A share by hand, as the table holds it. */
export interface CopiedShare {
  readonly record: string
  readonly module: Key
  readonly grantee: string
  /** 1 read, 2 edit, 3 full. */
  readonly level: number
  /** As ISO 8601. */
  readonly expires: string | null
  readonly created: string
}

/** Stores made-up records as `copyRows` does. */
export function copyRecords(
  connection: Connection,
  schema: string,
  { module, fields, records }: CopiedRecords,
  onRows?: (done: number) => Promise<void> | void,
): Promise<void> {
  const columns = [...FRAME_COLUMNS, ...fields.map(fieldColumn)]
  const [table, beside] = [recordTable(module), searchTable(module)]
  return copyRows(connection, schema, { table, columns, rows: rowsOf(records), beside, onRows })
}

function* rowsOf(records: Iterable<CopiedRecord>): Generator<readonly Cell[]> {
  for (const { id, owner, confidential, created, updated, shares, values } of records) {
    const times = [new Date(created).toISOString(), owner, new Date(updated).toISOString(), owner]
    yield [id, owner, confidential, ...times, 1, shares, ...values]
  }
}

/** Stores shares on records that are there, as `copyRows` does; the records' own counts are the caller's. */
export function copyShares(connection: Connection, schema: string, shares: readonly CopiedShare[]): Promise<void> {
  const rows = shares.map(({ record, module, grantee, level, expires, created }) => {
    return [record, module, grantee, level, expires, created]
  })
  return copyRows(connection, schema, { table: 'shares', columns: SHARE_COLUMNS, rows })
}

/** How many records of a module are kept, those in the recycle bin among them. */
export async function countKept(connection: Connection, module: Key): Promise<number> {
  const table = escapeIdentifier(recordTable(module))
  const { rows } = await connection.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? 0
}

/** Tells the planner what the tables of the modules are like now. */
export async function analyzeKept(connection: Connection, modules: readonly Key[]): Promise<void> {
  const tables = [...modules.flatMap((module) => [recordTable(module), searchTable(module)]), 'shares', 'owners'].map(
    (table) => escapeIdentifier(table),
  )
  await connection.query(`analyze ${tables.join(', ')}`)
}
