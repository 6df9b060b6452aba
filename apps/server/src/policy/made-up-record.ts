import type { FieldValue, Key, Policy, RecordFacts, ShareFact, TestRecord } from '@bailiwick/access'

/** Finds the facts of a real record as they are stored now; nothing where there is none. */
export type FindFacts = (module: Key, id: string) => Promise<RecordFacts | undefined>

/** Words of a made-up record that are no field's value. */
const NOT_VALUES: ReadonlySet<string> = new Set([
  'id',
  'owner',
  'confidential',
  'shares',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'version',
])

/**
 * The facts of a test's record: made up from what the test says, or those of the real record that it names.
 * A lookup may hold a made-up record, a `{ id }`, or the id alone. A record without an owner is nobody's.
 */
export async function factsOfTestRecord(
  policy: Policy,
  module: Key,
  record: TestRecord,
  findFacts: FindFacts,
): Promise<RecordFacts | undefined> {
  if (isReal(record)) return findFacts(module, record.id)
  return {
    module,
    owner: record.owner ?? '',
    confidential: record.confidential ?? false,
    ...systemFacts(record),
    values: valuesOf(record),
    shares: (record.shares ?? []).map(shareFact),
    parent: await parentOf(policy, module, record, findFacts),
  }
}

function isReal(record: TestRecord): record is TestRecord & { readonly id: string } {
  return record.id !== undefined && Object.keys(record).length === 1
}

function systemFacts(record: TestRecord): Partial<RecordFacts> {
  const { id, createdAt, createdBy, updatedAt, updatedBy, version } = record
  return {
    ...(typeof id === 'string' && { id }),
    ...(typeof createdAt === 'string' && { createdAt }),
    ...(typeof createdBy === 'string' && { createdBy }),
    ...(typeof updatedAt === 'string' && { updatedAt }),
    ...(typeof updatedBy === 'string' && { updatedBy }),
    ...(typeof version === 'number' && { version }),
  }
}

function shareFact({ with: grantee, level, expiresAt }: NonNullable<TestRecord['shares']>[number]): ShareFact {
  return { with: grantee, level, ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }) }
}

function valuesOf(record: TestRecord): Record<Key, FieldValue> {
  const entries = Object.entries(record).filter(([key]) => !NOT_VALUES.has(key))
  return Object.fromEntries(entries.map(([key, value]) => [key, fieldValue(value)]))
}

/** A looked-up record stands for its id; one that is made up has some id or other, and is not empty. */
function fieldValue(value: unknown): FieldValue {
  if (isRecord(value)) return typeof value.id === 'string' ? value.id : '00000000-0000-0000-0000-000000000000'
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

async function parentOf(
  policy: Policy,
  module: Key,
  record: TestRecord,
  findFacts: FindFacts,
): Promise<RecordFacts | undefined> {
  const target = policy.modules.get(module)
  const lookup = target?.parent
  const parentModule = lookup === undefined ? undefined : target?.fields.get(lookup)?.module
  if (lookup === undefined || parentModule === undefined) return undefined
  const value = record[lookup]
  if (typeof value === 'string') return findFacts(parentModule, value)
  return isRecord(value) ? factsOfTestRecord(policy, parentModule, value, findFacts) : undefined
}

function isRecord(value: unknown): value is TestRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
