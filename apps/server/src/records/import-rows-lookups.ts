import type { Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { fields as fieldsOf, fold, isTextType } from '@bailiwick/access'
import { sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { foldedText } from './reach-to-sql.ts'
import { reachedRows, reachOf } from './require-module.ts'
import type { Reading } from './stamped.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What a file calls a record → its id; `several` where the name fits more than one. What isn't in here fits none. */
export type Targets = ReadonlyMap<string, { readonly id: string } | 'several'>

/**
 * The records that a lookup's texts name, among those that the person reads: by id, by what they were called where they came from, by
 * their title, by their e-mail address; or by the one field given. A field that he can't read in clear names nothing.
 */
export async function findTargets(
  reading: Reading,
  field: PolicyField,
  by: Key | undefined,
  texts: ReadonlySet<string>,
): Promise<Targets> {
  const targets = new Map<string, { readonly id: string } | 'several'>()
  const module = reading.snapshot.policy.modules.get(field.module ?? '')
  if (!module || reachOf(reading, module.key, 'read').kind === 'never') return targets
  for (const name of namingFields(reading, module, by)) {
    const open = [...texts].filter((text) => !targets.has(text) && (name.key !== 'id' || UUID.test(text)))
    if (open.length === 0) continue
    const found = await findNamed(reading, module, name, open)
    for (const text of open) {
      const one = found.get(formOf(name, text))
      if (one) targets.set(text, one)
    }
  }
  return targets
}

/** By which fields of a module records are named, in this order. */
function namingFields(reading: Reading, module: PolicyModule, by: Key | undefined): PolicyField[] {
  const access = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key)
  return (by === undefined ? usualNames(module) : [by]).flatMap((key) => {
    const field = module.fields.get(key)
    const isClear = access.get(key) === 'read' || access.get(key) === 'edit'
    return field && isClear && !field.encrypted && isTextType(field.type) && field.type !== 'choices' ? [field] : []
  })
}

function usualNames({ titleField, fields }: PolicyModule): Key[] {
  const addresses = [...fields.values()].filter(({ type }) => type === 'email')
  return [...new Set(['id', 'externalId', ...(titleField ? [titleField.key] : []), ...addresses.map(({ key }) => key)])]
}

/** Ids, and what other systems call a record, count to the letter; other names as text compares. */
function formOf(name: PolicyField, text: string): string {
  if (name.key === 'id') return text.toLowerCase()
  return name.key === 'externalId' ? text : fold(text)
}

async function findNamed(reading: Reading, module: PolicyModule, name: PolicyField, texts: readonly string[]) {
  const forms = [...new Set(texts.map((text) => formOf(name, text)))]
  const column = sql.ref(`t.${fieldColumn(name.key)}`)
  const isExact = name.key === 'id' || name.key === 'externalId'
  const expression = isExact ? sql`${column}` : foldedText(column)
  const listed = name.key === 'id' ? sql`${forms}::uuid[]` : sql`${forms}::text[]`
  const { rows } = await sql<{ name: string; id: string; several: boolean }>`
    select ${expression}::text as name, (array_agg(t.id))[1]::text as id, count(*) > 1 as several
    from ${sql.table(recordTable(module.key))} as t
    where t.deleted_at is null and ${expression} = any(${listed}) and ${reachedRows(reading, module.key, 'read', 't')}
    group by ${expression}`.execute(reading.database)
  return new Map(rows.map((row) => [row.name, row.several ? ('several' as const) : { id: row.id }]))
}
