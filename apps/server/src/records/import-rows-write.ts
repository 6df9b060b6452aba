import type { Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { blindIndexColumn, fieldColumn, recordTable } from '../modules/columns.ts'
import { invalidInput, Problem } from '../problem.ts'
import { actorId, encryptedValue } from './column-values.ts'
import { changesSql, linesOfHistory } from './history.ts'
import { TOLD_TO_LISTENERS, toldOfChanges } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { viewOf } from './present-record.ts'
import { instant } from './reach-to-sql.ts'
import { codeOf, type Reading } from './stamped.ts'
import { withUniqueValues } from './unique-values.ts'
import type { WritableValues } from './writable-values.ts'

/** A record that is to be made, or changed where there is no owner. */
export interface RowToWrite {
  readonly id: string
  readonly ownerId?: number
  readonly values: WritableValues
}

/** A row that the database wouldn't take, and what it said. */
export interface Unwritten<Row> {
  readonly row: Row
  readonly problem: Problem
}

const FOREIGN_KEY = '23503'

interface Place {
  readonly parts: RecordsParts
  readonly reading: Reading
  readonly module: PolicyModule
  readonly noteAs: string | undefined
}

/**
 * Writes many rows in few statements, each with its history. Those that can't be written (a unique value is taken) are left out and
 * answered; the others are not held up by them.
 * @param noteAs the id of the import that they are noted under, so that it can be undone
 */
export async function writeRows<Row extends RowToWrite>(
  parts: RecordsParts,
  reading: Reading,
  module: PolicyModule,
  rows: readonly Row[],
  noteAs?: string,
): Promise<Unwritten<Row>[]> {
  const unwritten: Unwritten<Row>[] = []
  const place: Place = { parts, reading, module, noteAs }
  for (const alike of groupAlike(rows)) unwritten.push(...(await writeAlike(place, alike)))
  return unwritten
}

/** New records go together whatever they hold; changes, with those that change the same fields. */
function groupAlike<Row extends RowToWrite>(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const fields = [...row.values.keys()].map((field) => field.key)
    const name = row.ownerId === undefined ? `update ${fields.sort().join()}` : 'create'
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return [...groups.values()]
}

/** All at once; where that fails, in halves, down to the rows that it fails for. */
async function writeAlike<Row extends RowToWrite>(place: Place, rows: readonly Row[]): Promise<Unwritten<Row>[]> {
  const [first] = rows
  if (!first) return []
  const problem = await attempt(place, () => write(place, rows))
  if (!problem) return []
  if (rows.length === 1) return [{ row: first, problem }]
  const half = Math.ceil(rows.length / 2)
  const before = await writeAlike(place, rows.slice(0, half))
  return [...before, ...(await writeAlike(place, rows.slice(half)))]
}

/** Why the rows can't be written; nothing then is. */
async function attempt({ reading, module }: Place, work: () => Promise<void>): Promise<Problem | undefined> {
  await sql`savepoint rows`.execute(reading.database)
  try {
    await withUniqueValues(viewOf(reading, module), work)
    await sql`release savepoint rows`.execute(reading.database)
    return undefined
  } catch (error) {
    const problem = problemOf(error)
    if (!problem) throw error
    await sql`rollback to savepoint rows`.execute(reading.database)
    return problem
  }
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const isGone = codeOf(error) === FOREIGN_KEY
  return isGone ? invalidInput([{ path: '', message: 'names a record that is not there any more' }]) : undefined
}

async function write(place: Place, rows: readonly RowToWrite[]): Promise<void> {
  const { parts, reading, module } = place
  const fields = [...new Set(rows.flatMap((row) => [...row.values.keys()]))]
  const stored = []
  for (const row of rows) stored.push(await storedRow(parts, reading, module.key, row))
  const table = sql.table(recordTable(module.key))
  // One parameter for all rows: the table itself says what type each member is of.
  const input = sql`select * from json_populate_recordset(null::${table}, ${JSON.stringify(stored)}::json)`
  const isNew = rows[0]?.ownerId !== undefined
  await (isNew ? insert(place, fields, input) : update(place, fields, input))
}

async function storedRow(
  parts: RecordsParts,
  reading: Reading,
  module: Key,
  { id, ownerId, values }: RowToWrite,
): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> = { id, owner_id: ownerId }
  for (const [field, value] of values) {
    if (!field.encrypted) row[fieldColumn(field.key)] = value
    else {
      const { token, blind } = await encryptedValue(parts, reading, module, field, value)
      row[fieldColumn(field.key)] = token
      row[blindIndexColumn(field.key)] = blind
    }
  }
  return row
}

function columnsOf(fields: readonly PolicyField[]): string[] {
  return fields.flatMap((field) =>
    field.encrypted ? [fieldColumn(field.key), blindIndexColumn(field.key)] : [fieldColumn(field.key)],
  )
}

async function insert(
  { reading, module, noteAs }: Place,
  fields: readonly PolicyField[],
  input: RawBuilder<unknown>,
): Promise<void> {
  const columns = columnsOf(fields).map((column) => sql.ref(column))
  const [now, by] = [instant(reading.now), actorId(reading)]
  const standing = [sql`id`, sql`owner_id`, sql`created_at`, sql`created_by`, sql`updated_at`, sql`updated_by`]
  const values = [sql`id`, sql`owner_id`, now, sql`${by}::int`, now, sql`${by}::int`, ...columns]
  await sql`
    with input as (${input}), made as (
      insert into ${sql.table(recordTable(module.key))} (${sql.join([...standing, ...columns])})
      select ${sql.join(values)} from input returning id
    )${noteAs === undefined ? sql`` : noteMade(noteAs)}, noted as (
      ${linesOfHistory(sql`select ${module.key}, id, 1, ${now}, ${by}::int, 'create', '{}' from made`)}
    )
    ${TOLD_TO_LISTENERS}`.execute(reading.database)
}

async function update(
  { reading, module, noteAs }: Place,
  fields: readonly PolicyField[],
  input: RawBuilder<unknown>,
): Promise<void> {
  const table = sql.table(recordTable(module.key))
  const [now, by] = [instant(reading.now), actorId(reading)]
  const set = columnsOf(fields).map((column) => sql`${sql.ref(column)} = ${sql.ref(`input.${column}`)}`)
  const touched = [sql`updated_at = ${now}`, sql`updated_by = ${by}::int`, sql`version = t.version + 1`]
  const changes = changesSql(
    fields.map((field) => field.key),
    'was',
    'changed',
  )
  const lines = sql`
    select ${module.key}, changed.id, changed.version, ${now}, ${by}::int, 'update', ${changes}
    from changed join was on was.id = changed.id`
  await sql`
    with input as (${input}), was as (select t.* from ${table} as t join input on input.id = t.id), changed as (
      update ${table} as t set ${sql.join([...set, ...touched])} from input
      where t.id = input.id and ${isOther(fields)} returning t.*
    )${noteAs === undefined ? sql`` : noteChanged(noteAs)}, noted as (${linesOfHistory(lines)}),
    told as (${toldOfChanges(reading, module.key, sql`was.id = noted.record_id`)})
    ${TOLD_TO_LISTENERS}`.execute(reading.database)
}

/** Whether the row says anything that the record doesn't; an encrypted value's token is never the same twice. */
function isOther(fields: readonly PolicyField[]): RawBuilder<unknown> {
  const other = fields.map(({ key }) => {
    const column = fieldColumn(key)
    return sql`${sql.ref(`t.${column}`)} is distinct from ${sql.ref(`input.${column}`)}`
  })
  return other.length === 0 ? sql`false` : sql`(${sql.join(other, sql` or `)})`
}

function noteMade(id: string): RawBuilder<unknown> {
  return sql`, kept as (
      insert into import_rows (import_id, record_id, before, after) select ${id}::uuid, made.id, 0, 1 from made
    )`
}

/** What somebody else changed between two rows of a file is not the import's to undo: then only the later of them is. */
function noteChanged(id: string): RawBuilder<unknown> {
  return sql`, kept as (
      insert into import_rows as kept (import_id, record_id, before, after)
      select ${id}::uuid, changed.id, was.version, changed.version from changed join was on was.id = changed.id
      on conflict (import_id, record_id) do update set after = excluded.after,
        before = case when kept.after = excluded.before then kept.before else excluded.before end
    )`
}
