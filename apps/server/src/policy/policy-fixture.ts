import { BUILT_IN_MODULES, classifyFacts, type Key, type PolicyDocument, type RecordFacts } from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { recordTable } from '../modules/columns.ts'
import { type AppliedPolicy, applyPolicy, type PolicyChange } from './apply-policy.ts'
import { createFirstVersion, firstDocument } from './first-version.ts'
import { type PlanParts, type PlanRequest, planPolicy } from './plan-policy.ts'

/** For tests of this room alone: an organization with a policy, and ways to change it. */
export interface PolicyFixture {
  readonly organization: OrganizationRef
  apply(input: unknown, change?: Partial<PolicyChange>): Promise<AppliedPolicy>
  plan(input: unknown, request?: Partial<PlanRequest>): ReturnType<typeof planPolicy>
  /** A record with nothing but an owner and the columns given; its id. */
  addRecord(module: Key, owner: string, columns?: Readonly<Record<string, unknown>>): Promise<string>
}

export const NOW = Date.parse('2026-03-02T10:00:00Z')
export const ADA = { key: 'ada', name: 'Ada Admin', email: 'ada@acme.example' }

/** Ports that read facts plainly: owners and names. */
export const PARTS: PlanParts = {
  catalogue: BUILT_IN_MODULES,
  readFacts: async (database, organization, _policy, module, id) =>
    (await readRecords(database, organization, module)).find((facts) => facts.id === id),
  compareRecords: async (database, organization, { policy, now }) => {
    const read = (module: Key) => readRecords(database, organization, module)
    return {
      withRecords: async (modules) => modules,
      loadClasses: async ({ module, needed }) =>
        classifyFacts(await read(module), module, needed, { now, timeZone: policy.timeZone }),
      findSamples: async () => [],
      readSamples: async () => [],
    }
  },
}

export async function createPolicyFixture(
  database: Database,
  organization: OrganizationRef,
  document: PolicyDocument = firstDocument('Acme', ADA),
): Promise<PolicyFixture> {
  await database.ownerTransaction(organization, (owner) =>
    createFirstVersion(owner, organization, document, NOW, PARTS),
  )
  return {
    organization,
    apply: (input, change) =>
      applyPolicy(database, { organization, input, author: 'operator', now: NOW, ...change }, PARTS),
    plan: (input, request) => planPolicy(database, { organization, input, now: NOW, ...request }, PARTS),
    addRecord: (module, owner, columns) => addRecord(database.organization(organization), module, owner, columns ?? {}),
  }
}

async function addRecord(
  database: QueryExecutorProvider,
  module: Key,
  owner: string,
  columns: Readonly<Record<string, unknown>>,
): Promise<string> {
  const [kind, key] = owner.split(':')
  const names = Object.keys(columns).map((name) => sql`, ${sql.id(name)}`)
  const values = Object.values(columns).map((value) => sql`, ${value}`)
  const { rows } = await sql<{ id: string }>`
    insert into ${sql.id(recordTable(module))} (id, owner_id, created_at, updated_at ${sql.join(names, sql``)})
    select gen_random_uuid(), owners.id, now(), now() ${sql.join(values, sql``)}
    from owners where kind = ${kind} and key = ${key} returning id`.execute(database)
  const [row] = rows
  if (!row) throw new Error(`${owner} owns nothing here.`)
  return row.id
}

async function readRecords(
  database: QueryExecutorProvider,
  { schema }: OrganizationRef,
  module: Key,
): Promise<RecordFacts[]> {
  const { rows } = await sql<{ id: string; owner: string; confidential: boolean }>`
    select record.id, record.confidential, owners.kind || ':' || owners.key as owner
    from ${sql.id(schema, recordTable(module))} as record
    join ${sql.id(schema, 'owners')} as owners on owners.id = record.owner_id
    where deleted_at is null`.execute(database)
  return rows.map((row) => ({ ...row, module, values: {}, shares: [] }))
}
