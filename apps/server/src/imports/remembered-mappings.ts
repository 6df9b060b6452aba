import { type FieldAccess, fields as fieldsOf, type Key } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { storedJson } from '../jobs/stored-json.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import type { ImportParts } from './import-parts.ts'
import { type ImportMapping, type ImportOptions, requireMapping, requireOptions } from './mapping.ts'
import { signatureOf } from './preview-import.ts'
import type { ImportRequest } from './run-import.ts'

/** How the columns of a file were mapped, the last time that whoever asks imported one with such a header. */
export interface RememberedMapping {
  readonly signature: string
  readonly columns: readonly string[]
  readonly mapping: ImportMapping
  readonly options: ImportOptions
  readonly usedAt: string
}

/** Of a person in a module. */
const MOST_REMEMBERED = 20

/** Remembers how an import maps its columns, for whoever starts it. */
export async function rememberMapping(
  parts: ImportParts,
  actor: Actor,
  { module, mapping, options = {} }: ImportRequest,
  header: readonly string[],
): Promise<void> {
  await inTransaction(parts, actor, async ({ snapshot, database }) => {
    const owner = snapshot.owners.idOf(`user:${actor.user}`)
    if (owner === undefined) return
    const at = new Date(parts.now()).toISOString()
    await sql`
      insert into import_mappings (actor, module, signature, columns, mapping, options, used_at)
      values (${owner}::int, ${module}, ${signatureOf(header)}, ${storedJson(header)}::json, ${storedJson(mapping)}::json,
        ${storedJson(options)}::json, ${at}::timestamptz)
      on conflict (actor, module, signature) do update set
        columns = excluded.columns, mapping = excluded.mapping, options = excluded.options, used_at = excluded.used_at
    `.execute(database)
    await sql`
      delete from import_mappings where actor = ${owner}::int and module = ${module} and signature in (
        select signature from import_mappings where actor = ${owner}::int and module = ${module}
        order by used_at desc, signature offset ${MOST_REMEMBERED})`.execute(database)
  })
}

interface Row {
  readonly signature: string
  readonly columns: readonly string[]
  readonly mapping: unknown
  readonly options: unknown
  readonly used_at: string
}

/**
 * What whoever asks is remembered to have mapped in a module, the last first. Fields that don't exist for him any more are in none.
 * @throws Problem 404 or 403 where he may not import into the module
 */
export async function rememberedMappings(parts: ImportParts, actor: Actor, module: Key): Promise<RememberedMapping[]> {
  return inTransaction(parts, actor, async (reading) => {
    requireModule(reading, module, 'import')
    const owner = reading.snapshot.owners.idOf(`user:${actor.user}`) ?? null
    const { rows } = await sql<Row>`
      select signature, columns, mapping, options, used_at from import_mappings
      where actor = ${owner}::int and module = ${module} order by used_at desc, signature
      limit ${MOST_REMEMBERED}`.execute(reading.database)
    const access = fieldsOf(reading.snapshot.policy, actor.user, module)
    return rows.map((row) => rememberedFor(reading, module, access, row))
  })
}

function rememberedFor(
  reading: Reading,
  module: Key,
  access: ReadonlyMap<Key, FieldAccess>,
  row: Row,
): RememberedMapping {
  const mapping = requireMapping(row.mapping)
  const options = requireOptions(row.options)
  const exists = (key: Key) => (access.get(key) ?? 'hidden') !== 'hidden'
  const columns = Object.entries(mapping.columns ?? {}).filter(([, given]) => isThere(reading, module, given, exists))
  const defaults = Object.entries(mapping.defaults ?? {}).filter(([key]) => exists(key))
  const match = [options.match ?? []].flat().filter(exists)
  const { key, ...others } = mapping
  return {
    signature: row.signature,
    columns: row.columns,
    usedAt: row.used_at,
    mapping: {
      ...others,
      ...(mapping.columns && { columns: Object.fromEntries(columns) }),
      ...(mapping.defaults && { defaults: Object.fromEntries(defaults) }),
      ...(key !== undefined && exists(key) && { key }),
    },
    options: { ...withoutMatch(options), ...(match.length > 0 && { match }) },
  }
}

type Given = NonNullable<ImportMapping['columns']>[string]

/** Whether the field is there for him, and what it looks records up by. */
function isThere({ snapshot, actor }: Reading, module: Key, given: Given, exists: (key: Key) => boolean): boolean {
  const { field, lookup } = typeof given === 'string' ? { field: given } : given
  if (!exists(field)) return false
  const target = snapshot.policy.modules.get(module)?.fields.get(field)?.module
  if (lookup === undefined || target === undefined) return true
  return (fieldsOf(snapshot.policy, actor.user, target).get(lookup) ?? 'hidden') !== 'hidden'
}

function withoutMatch({ match: _match, ...options }: ImportOptions): ImportOptions {
  return options
}
