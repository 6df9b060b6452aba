import type { FieldValue, Key, PolicyField, PolicyModule, RecordFacts } from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { blindIndexColumn, columnType, fieldColumn, recordTable } from '../modules/columns.ts'
import type { EncryptedValues } from '../modules/encrypted-values.ts'
import type { Owners } from '../policy/owners.ts'
import { levelNumber } from '../records/reach-to-sql.ts'

/** Where facts are stored: an organization's tables, by whoever may write to all of them. */
export interface StoringPlace {
  readonly database: QueryExecutorProvider
  readonly organizationId: string
  readonly owners: Owners
  readonly secrets: EncryptedValues
  /** ISO 8601 instant: when records were made of which the facts don't say it. */
  readonly at: string
}

/**
 * Stores a module's records exactly as their facts say, whatever the interface would think of them: deleted ones, owners who are gone,
 * instants of change. Records that they look up must be there already, or be among them.
 */
export async function storeFacts(
  place: StoringPlace,
  module: PolicyModule,
  records: readonly RecordFacts[],
): Promise<void> {
  const fields = [...module.fields.values()].filter((field) => !field.system && field.key !== 'externalId')
  const rows = await Promise.all(records.map((record) => rowOf(place, fields, record)))
  const columns = columnsOf(fields)
  const names = sql.join(columns.map(([name]) => sql.id(name)))
  const shape = sql.join(columns.map(([name, type]) => sql`${sql.id(name)} ${sql.raw(type)}`))
  await sql`
    insert into ${sql.id(recordTable(module.key))} (${names})
    select ${names} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${shape})
  `.execute(place.database)
  await storeShares(place, module.key, records)
}

const STANDING: readonly (readonly [string, string])[] = [
  ['id', 'uuid'],
  ['owner_id', 'int'],
  ['confidential', 'boolean'],
  ['created_at', 'timestamptz'],
  ['created_by', 'int'],
  ['updated_at', 'timestamptz'],
  ['updated_by', 'int'],
  ['version', 'int'],
  ['deleted_at', 'timestamptz'],
  ['external_id', 'text'],
  ['shares_count', 'int'],
]

function columnsOf(fields: readonly PolicyField[]): (readonly [string, string])[] {
  const own = fields.map((field) => [fieldColumn(field.key), columnType(field)] as const)
  const blind = fields.filter((field) => field.encrypted).map((field) => [blindIndexColumn(field.key), 'text'] as const)
  return [...STANDING, ...own, ...blind]
}

async function rowOf(place: StoringPlace, fields: readonly PolicyField[], record: RecordFacts) {
  const { owners, at } = place
  const ownerId = (owner: string | undefined) => (owner === undefined ? null : (owners.idOf(owner) ?? null))
  const standing = {
    id: record.id,
    owner_id: ownerId(record.owner),
    confidential: record.confidential,
    created_at: record.createdAt ?? at,
    created_by: ownerId(record.createdBy),
    updated_at: record.updatedAt ?? at,
    updated_by: ownerId(record.updatedBy),
    version: record.version ?? 1,
    deleted_at: record.deleted ? at : null,
    external_id: record.values.externalId ?? null,
    shares_count: record.shares.length,
  }
  const values = await Promise.all(fields.map((field) => storedValue(place, record, field)))
  return { ...standing, ...Object.assign({}, ...values) }
}

async function storedValue({ owners, secrets, organizationId }: StoringPlace, record: RecordFacts, field: PolicyField) {
  const value = Object.hasOwn(record.values, field.key) ? (record.values[field.key] ?? null) : null
  if (!field.encrypted) return { [fieldColumn(field.key)]: plainValue(owners, field, value) }
  const spot = { organization: organizationId, module: record.module, field: field.key }
  return {
    [fieldColumn(field.key)]: value === null ? null : await secrets.encrypt(spot, value),
    [blindIndexColumn(field.key)]: value === null ? null : secrets.blindIndex(spot, value),
  }
}

function plainValue(owners: Owners, field: PolicyField, value: FieldValue): FieldValue {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return null
  return field.type === 'user' && value !== null ? (owners.idOf(String(value)) ?? null) : value
}

async function storeShares(place: StoringPlace, module: Key, records: readonly RecordFacts[]): Promise<void> {
  const shares = records.flatMap(({ id, shares }) =>
    shares.map(({ with: grantee, level, expiresAt }) => {
      const expires = expiresAt === undefined ? null : new Date(expiresAt).toISOString()
      return sql`(${id}::uuid, ${module}, ${grantee}, ${levelNumber(level)}::smallint, ${expires}::timestamptz, ${place.at}::timestamptz)`
    }),
  )
  if (shares.length === 0) return
  await insertShares(place.database, shares)
}

async function insertShares(database: QueryExecutorProvider, shares: readonly RawBuilder<unknown>[]): Promise<void> {
  await sql`
    insert into shares (record_id, module, grantee, level, expires_at, created_at) values ${sql.join(shares)}
  `.execute(database)
}
