import { type QueryExecutorProvider, sql } from 'kysely'
import type { RowToUndo } from '../records/undo-rows.ts'

/** A day longer than a job is told about: by then it can't be asked for any more. */
const KEPT_FOR = 31 * 24 * 3_600_000

/** What is noted of an import, in the order of the records' ids. */
export async function findNotes(
  database: QueryExecutorProvider,
  id: string,
  after: string | undefined,
  most: number,
): Promise<RowToUndo[]> {
  const beyond = after === undefined ? sql`` : sql`and record_id > ${after}::uuid`
  const { rows } = await sql<RowToUndo>`
    select record_id as id, before, after from import_rows where import_id = ${id}::uuid ${beyond}
    order by record_id limit ${most}::int`.execute(database)
  return rows
}

export async function countNotes(database: QueryExecutorProvider, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from import_rows where import_id = ${id}::uuid`.execute(database)
  return rows[0]?.n ?? 0
}

export async function dropNotes(
  database: QueryExecutorProvider,
  id: string,
  records: readonly string[],
): Promise<void> {
  await sql`
    delete from import_rows where import_id = ${id}::uuid and record_id = any(${records}::uuid[])`.execute(database)
}

/** Which of the imports have something noted. */
export async function findNoted(database: QueryExecutorProvider, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select asked.id from unnest(${ids}::uuid[]) as asked (id)
    where exists (select from import_rows where import_id = asked.id)`.execute(database)
  return new Set(rows.map(({ id }) => id))
}

/** Drops what is noted of old imports: their ids, which are UUIDs of version 7, begin with when they were started. */
export async function forgetOldNotes(database: QueryExecutorProvider, now: number): Promise<void> {
  const since = Math.max(0, now - KEPT_FOR)
    .toString(16)
    .padStart(12, '0')
  const first = `${since.slice(0, 8)}-${since.slice(8)}-7000-8000-000000000000`
  await sql`delete from import_rows where import_id < ${first}::uuid`.execute(database)
}
