import type { FieldValue, Key, PolicyModule, RecordFacts, ShareFact } from '@bailiwick/access'
import { LEVELS } from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { fromStored } from './field-values.ts'

/** A policy, and the database that the record is read from. */
export interface FactsReading {
  readonly snapshot: Pick<Snapshot, 'policy' | 'owners'>
  readonly database: QueryExecutorProvider
}

/**
 * What a decision needs to know of a record, whoever asks: to be shown to nobody, and used for explanations, audiences and policy
 * tests alone. Nothing where there is no such record; a deleted one says so.
 */
export async function loadFacts(reading: FactsReading, moduleKey: Key, id: string): Promise<RecordFacts | undefined> {
  const module = reading.snapshot.policy.modules.get(moduleKey)
  return module && factsWhere(reading, module, sql`t.id = ${id}::uuid`)
}

/** The same, by the record's external id. */
export async function loadFactsByExternalId(
  reading: FactsReading,
  moduleKey: Key,
  externalId: string,
): Promise<RecordFacts | undefined> {
  const module = reading.snapshot.policy.modules.get(moduleKey)
  return module && factsWhere(reading, module, sql`t.external_id = ${externalId}`)
}

interface FactsRow {
  readonly id: string
  readonly owner_id: number
  readonly confidential: boolean
  readonly created_at: string
  readonly created_by: number | null
  readonly updated_at: string
  readonly updated_by: number | null
  readonly version: number
  readonly deleted_at: string | null
  readonly shares: readonly { readonly grantee: string; readonly level: number; readonly expires: number | null }[]
  readonly [column: string]: unknown
}

async function factsWhere(
  reading: FactsReading,
  module: PolicyModule,
  condition: RawBuilder<boolean>,
): Promise<RecordFacts | undefined> {
  const { rows } = await sql<FactsRow>`
    select t.*, (
      select coalesce(jsonb_agg(jsonb_build_object('grantee', grantee, 'level', level,
        'expires', extract(epoch from expires_at) * 1000)), '[]') from shares where shares.record_id = t.id
    ) as shares
    from ${sql.table(recordTable(module.key))} as t where ${condition}
  `.execute(reading.database)
  return rows[0] && factsOf(reading, module, rows[0])
}

async function factsOf(reading: FactsReading, module: PolicyModule, row: FactsRow): Promise<RecordFacts> {
  const refOf = (id: number | null) => (id === null ? undefined : reading.snapshot.owners.refOf(id))
  return {
    module: module.key,
    id: row.id,
    owner: refOf(row.owner_id) ?? '',
    confidential: row.confidential,
    deleted: row.deleted_at !== null,
    createdAt: row.created_at,
    createdBy: refOf(row.created_by),
    updatedAt: row.updated_at,
    updatedBy: refOf(row.updated_by),
    version: row.version,
    values: valuesOf(reading, module, row),
    shares: row.shares.map(shareFact),
    parent: await parentOf(reading, module, row),
  }
}

function shareFact({ grantee, level, expires }: FactsRow['shares'][number]): ShareFact {
  return { with: grantee, level: LEVELS[level] ?? 'none', ...(expires === null ? {} : { expiresAt: Number(expires) }) }
}

/** Encrypted values stay closed: no condition may turn on them. */
function valuesOf(reading: FactsReading, module: PolicyModule, row: FactsRow): Record<Key, FieldValue> {
  const values: Record<Key, FieldValue> = {}
  for (const field of module.fields.values()) {
    if (!field.system && !field.encrypted)
      values[field.key] = fromStored(field, row[fieldColumn(field.key)], reading.snapshot)
  }
  return values
}

async function parentOf(reading: FactsReading, module: PolicyModule, row: FactsRow): Promise<RecordFacts | null> {
  const field = module.parent === undefined ? undefined : module.fields.get(module.parent)
  const id = field && row[fieldColumn(field.key)]
  if (!field?.module || typeof id !== 'string') return null
  return (await loadFacts(reading, field.module, id)) ?? null
}
