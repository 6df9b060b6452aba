import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'
import { DatabaseError } from 'pg'
import type { DatabaseAddress } from './connection.ts'

const CONCURRENTLY_UPDATED = 'XX000'

/**
 * The password of one of our roles. It follows from the login role's password, so there is nothing to store, and it changes when
 * that one does. None where the login role has none: then the server trusts the connection, or asks for something we don't have.
 */
export function rolePassword({ password }: DatabaseAddress, role: string): string | undefined {
  if (typeof password !== 'string' || password === '') return undefined
  return createHmac('sha256', password).update(`bailiwick role ${role}`).digest('base64url')
}

/** SCRAM-SHA-256 as PostgreSQL stores it, so that the password itself never travels in a statement (nor into a server's log). */
export function scramVerifier(password: string, salt: Buffer): string {
  const iterations = 4096
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${sign('Server Key').toString('base64')}`
}

/**
 * A role that may sign in and has what `group` has, nothing else. The current role becomes a member of it: it may take it on where
 * the server lets nobody but itself sign in (see 0001-one-role-per-organization.md), and may drop what belongs to it.
 */
export async function createRole(owner: QueryExecutorProvider, role: string, group: string): Promise<void> {
  const [id, groupId] = [sql.id(role), sql.id(group)]
  await sql`create role ${id} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls in role ${groupId}`.execute(
    owner,
  )
  await sql`grant ${id} to current_user`.execute(owner)
}

/**
 * What all of the program's roles may: connect, and fold text. Granted to each of them instead, it would make one long list in one
 * row of the catalogue, which every new organization would have to wait for.
 */
export async function createRoleGroup(owner: QueryExecutorProvider, group: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner)
  await sql`create role ${sql.id(group)} nologin`.execute(owner)
  await sql`grant connect on database ${sql.id(rows[0]!.name)} to ${sql.id(group)}`.execute(owner)
  await sql`grant usage on schema control to ${sql.id(group)}`.execute(owner)
}

/**
 * Sets a role's password. Where another server is doing the same at this moment, its word stands: it derives the same password.
 * (The catalogue knows no waiting for such a change: the second comes to nothing, with an error of PostgreSQL's insides.)
 */
export async function setRolePassword(owner: QueryExecutorProvider, role: string, verifier: string): Promise<void> {
  try {
    await sql`alter role ${sql.id(role)} password ${sql.lit(verifier)}`.execute(owner)
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== CONCURRENTLY_UPDATED) throw error
  }
}

/** Drops a role and the rights it holds in this database. What it owns goes as well (nothing, unless somebody gave it something). */
export async function dropRole(owner: QueryExecutorProvider, role: string): Promise<void> {
  await sql`drop owned by ${sql.id(role)}`.execute(owner)
  await sql`drop role ${sql.id(role)}`.execute(owner)
}
