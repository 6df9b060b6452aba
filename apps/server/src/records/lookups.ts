import type { PolicyField } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import { invalidInput } from '../problem.ts'
import { reachedRows, reachOf } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { pointer, type WritableValues } from './writable-values.ts'

/**
 * Every record that a lookup is to point at must be there for the person: one he can't read is one that isn't there.
 * @throws Problem 422 naming each field whose record isn't.
 */
export async function requireLookups(reading: Reading, values: WritableValues): Promise<void> {
  const errors: InputError[] = []
  for (const [field, value] of values) {
    if (field.type !== 'lookup' || value === null) continue
    if (!(await isReadable(reading, field, String(value))))
      errors.push({ path: pointer(field.key), message: 'names no record that is there' })
  }
  if (errors.length > 0) throw invalidInput(errors)
}

/** The target is locked against removal until the transaction ends. */
async function isReadable(reading: Reading, field: PolicyField, id: string): Promise<boolean> {
  const { module } = field
  if (module === undefined || reachOf(reading, module, 'read').kind === 'never') return false
  const { rows } = await sql`
    select t.id from ${sql.table(recordTable(module))} as t
    where t.id = ${id}::uuid and t.deleted_at is null and ${reachedRows(reading, module, 'read', 't')} for key share of t
  `.execute(reading.database)
  return rows.length > 0
}
