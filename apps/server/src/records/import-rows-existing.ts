import type { Key, PolicyModule } from '@bailiwick/access'
import { fold } from '@bailiwick/access'
import { sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { lockParents } from './levels-rest-on.ts'
import { foldedText } from './reach-to-sql.ts'
import { reachedRows } from './require-module.ts'
import type { Reading } from './stamped.ts'

export interface ExistingRecord {
  readonly id: string
  /** Whether the person may overwrite it. */
  readonly may: boolean
}

/** By the form of their key (see `keyForm`); `several` where more than one has it. */
export type Existing = ReadonlyMap<string, ExistingRecord | 'several'>

/** Two values of a key field mean the same record where this is equal. */
export function keyForm(key: Key, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return key === 'externalId' ? value : fold(value)
}

/** The records with these keys among those that the person reads; locked with their parents where they are to be overwritten. */
export async function findExisting(
  reading: Reading,
  module: PolicyModule,
  key: Key,
  forms: readonly string[],
  overwrite: boolean,
): Promise<Existing> {
  const existing = new Map<string, ExistingRecord | 'several'>()
  if (forms.length === 0) return existing
  const column = sql.ref(`t.${fieldColumn(key)}`)
  const expression = key === 'externalId' ? sql`${column}` : foldedText(column)
  const { rows } = await sql<ExistingRecord & { readonly form: string }>`
    select t.id, ${expression} as form, ${reachedRows(reading, module.key, 'overwrite', 't')} as may
    from ${sql.table(recordTable(module.key))} as t
    where t.deleted_at is null and ${expression} = any(${forms}::text[]) and ${reachedRows(reading, module.key, 'read', 't')}
    order by t.id ${overwrite ? sql`for update of t` : sql``}`.execute(reading.database)
  if (overwrite) {
    await lockParents(
      reading,
      module,
      rows.map(({ id }) => id),
    )
  }
  for (const { form, id, may } of rows) existing.set(form, existing.has(form) ? 'several' : { id, may })
  return existing
}
