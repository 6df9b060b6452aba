import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { connectionConfig, type DatabaseAddress, readDatabaseUrl } from '../db/connection.ts'
import { connectClient } from '../db/connection-pool.ts'
import { openDatabase } from '../db/database.ts'
import { startEmbedded } from '../db/embedded.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server that the run's test databases are made on, signed in as a role that may create databases and roles. */
    databaseServer: DatabaseAddress
    /** A migrated database to copy. */
    templateDatabase: string
  }
}

/** A server for the tests of one project, and how to end it. */
export interface TestServer {
  readonly address: DatabaseAddress
  stop(): Promise<void>
}

/** The built-in server on fresh files. */
export async function startBuiltIn(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bw-'))
  const { socketFolder, port, user, database, stop } = await startEmbedded({ folder })
  const address = { host: socketFolder, port, user, database }
  return {
    address,
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const serverAt = (url: string): TestServer => ({ address: readDatabaseUrl(url), stop: async () => {} })

/** Gives `project` the server and a migrated template on it; answers what to do when the tests are done. */
export async function provideDatabases(project: TestProject, server: TestServer): Promise<() => Promise<void>> {
  const template = `bw_template_${randomBytes(4).toString('hex')}`
  await asLoginRole(server.address, (client) =>
    client.query(`create database ${template} template template0 encoding 'UTF8'`),
  )
  const database = await openDatabase({ address: { ...server.address, database: template } })
  const roles = await database.owner
    .selectFrom('installation')
    .select(['control_role', 'role_group'])
    .executeTakeFirstOrThrow()
  await database.close()
  project.provide('databaseServer', server.address)
  project.provide('templateDatabase', template)
  return async () => {
    try {
      await asLoginRole(server.address, async (client) => {
        await client.query(`drop database ${template}`)
        await client.query(`drop role ${roles.control_role}, ${roles.role_group}`)
      })
    } finally {
      await server.stop()
    }
  }
}

async function asLoginRole(address: DatabaseAddress, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = await connectClient(connectionConfig(address))
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
