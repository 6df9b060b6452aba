import { randomBytes, randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { afterAll, inject } from 'vitest'
import { connectionConfig, type DatabaseAddress } from '../db/connection.ts'
import { connectClient } from '../db/connection-pool.ts'
import type { DatabaseOptions } from '../db/connections.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { createOrganizationSchema, organizationRef } from '../db/organization-schema.ts'
import type { OrganizationRef } from '../db/tables.ts'

export interface TestDatabase {
  readonly database: Database
  readonly address: DatabaseAddress
  /** An organization with its row, schema and role, and a policy of no version yet. */
  createOrganization(slug?: string): Promise<OrganizationRef & { readonly slug: string }>
  drop(): Promise<void>
}

/**
 * A migrated, empty database for one test file, dropped when the file is done. Call it at the file's top level:
 * `const { database } = await testDatabase()`.
 */
export async function testDatabase(options?: DatabaseOptions): Promise<TestDatabase> {
  const test = await copyTemplate(options)
  afterAll(() => test.drop())
  return test
}

async function copyTemplate(options?: DatabaseOptions): Promise<TestDatabase> {
  const address = await createTestDatabase(inject('templateDatabase'))
  const database = await openDatabase({ address }, options)
  return {
    database,
    address,
    createOrganization: (slug) => createOrganization(database, slug ?? `org-${randomBytes(4).toString('hex')}`),
    drop: async () => {
      const roles = await database.owner.selectFrom('organizations').select('role').execute()
      await database.close()
      await dropTestDatabase(
        address,
        roles.map(({ role }) => role),
      )
    },
  }
}

/** A new database on the run's server: a copy of `template`, or an empty one. */
export async function createTestDatabase(template = 'template0'): Promise<DatabaseAddress> {
  const name = `bw_test_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name} template ${template}`))
  return { ...inject('databaseServer'), database: name }
}

/** Drops a test database, and roles that nothing needs then. */
export async function dropTestDatabase({ database }: DatabaseAddress, roles: readonly string[] = []): Promise<void> {
  await onServer(async (client) => {
    await client.query(`drop database ${database} with (force)`).catch((error: unknown) => {
      if (!isForbidden(error)) throw error
      return client.query(`drop database ${database}`)
    })
    for (const role of roles) await client.query(`drop role ${client.escapeIdentifier(role)}`)
  })
}

/** Up to PostgreSQL 16, only a superuser may end an autovacuum worker by force; a plain drop sends it away by itself. */
function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42501'
}

async function createOrganization(database: Database, slug: string) {
  const organization = organizationRef(randomUUID(), slug)
  await database.owner.transaction().execute(async (transaction) => {
    await createOrganizationSchema(transaction, organization)
    const row = { ...organization, slug, name: slug, created_at: new Date() }
    await transaction.insertInto('organizations').values(row).execute()
  })
  return { ...organization, slug }
}

async function onServer<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = await connectClient(connectionConfig(inject('databaseServer')))
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
