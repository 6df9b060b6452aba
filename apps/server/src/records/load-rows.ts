import type { FieldValue, Key, OwnerRef, PolicyField, PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { columnType, fieldColumn, recordTable } from '../modules/columns.ts'
import { toStored } from './field-values.ts'
import type { RecordsParts } from './parts.ts'
import { inTransaction, type Reading } from './stamped.ts'

/** A record that the program itself makes: checked against its module, but by nobody's rights. */
export interface LoadedRow {
  readonly externalId: string
  readonly owner: OwnerRef
  readonly confidential: boolean
  readonly values: { readonly [field: Key]: FieldValue }
}

/**
 * Stores records as the program itself, in one statement: for made-up companies and benchmarks, never for what a person sends.
 * @returns their ids, in the order of the rows
 * @throws Error where a value doesn't go with its field: such rows are a fault of the program
 */
export async function loadRows(
  parts: RecordsParts,
  operator: Actor,
  moduleKey: Key,
  rows: readonly LoadedRow[],
): Promise<readonly string[]> {
  return inTransaction(parts, operator, async (reading) => {
    const module = reading.snapshot.policy.modules.get(moduleKey)
    if (!module) throw new Error(`There is no module ${moduleKey} to load into.`)
    const fields = [...module.fields.values()].filter((field) => rows.some((row) => isFilled(row, field)))
    const objects = rows.map((row) => rowObject(parts, reading, fields, row))
    await insertObjects(reading, module, fields, objects)
    return objects.map(({ id }) => id)
  })
}

function isFilled(row: LoadedRow, field: PolicyField): boolean {
  return field.key !== 'externalId' && Object.hasOwn(row.values, field.key) && row.values[field.key] !== null
}

function rowObject(parts: RecordsParts, reading: Reading, fields: readonly PolicyField[], row: LoadedRow) {
  const owner = reading.snapshot.owners.idOf(row.owner)
  if (owner === undefined) throw new Error(`${row.owner} owns nothing here.`)
  const values = fields.map((field) => [fieldColumn(field.key), storedOf(reading, field, row)])
  const made = { id: parts.newId(), owner_id: owner, confidential: row.confidential, external_id: row.externalId }
  return { ...made, ...Object.fromEntries(values) }
}

function storedOf(reading: Reading, field: PolicyField, row: LoadedRow) {
  const stored = toStored(field, row.values[field.key] ?? null, reading.snapshot)
  if ('wrong' in stored) throw new Error(`${row.externalId}: ${field.key} ${stored.wrong}`)
  return stored.value
}

const STANDING = ['id uuid', 'owner_id int', 'confidential boolean', 'external_id text']

async function insertObjects(
  reading: Reading,
  module: PolicyModule,
  fields: readonly PolicyField[],
  objects: readonly object[],
): Promise<void> {
  const names = ['id', 'owner_id', 'confidential', 'external_id', ...fields.map(({ key }) => fieldColumn(key))]
  const columns = sql.join(names.map((name) => sql.id(name)))
  const now = new Date(reading.now).toISOString()
  await sql`
    insert into ${sql.table(recordTable(module.key))} (${columns}, created_at, updated_at)
    select ${columns}, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(objects)}::jsonb) as row (${sql.join(shapeOf(fields))})
  `.execute(reading.database)
}

function shapeOf(fields: readonly PolicyField[]): RawBuilder<unknown>[] {
  const own = fields.map((field) => sql`${sql.id(fieldColumn(field.key))} ${sql.raw(columnType(field))}`)
  return [...STANDING.map((column) => sql.raw(column)), ...own]
}
