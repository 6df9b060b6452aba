import { type QueryExecutorProvider, sql } from 'kysely'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { type DatabaseAddress, describeAddress } from './connection.ts'

const OLDEST_VERSION = 150000

interface ServerFacts {
  readonly number: number
  readonly version: string
  readonly encoding: string
  readonly may_create_roles: boolean
  readonly may_create_schemas: boolean
}

/** Throws `StartUpError` where the server is too old, keeps no UTF-8, or doesn't let the login role do what it must. */
export async function requireSuitableServer(owner: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<ServerFacts>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
      current_setting('server_encoding') as encoding, rolsuper or rolcreaterole as may_create_roles,
      has_database_privilege(current_database(), 'create') as may_create_schemas
    from pg_roles where rolname = current_user`.execute(owner)
  const problem = findProblem(rows[0]!)
  if (problem) throw new StartUpError(problem, EXIT.configuration)
}

function findProblem(server: ServerFacts): string | undefined {
  if (server.number < OLDEST_VERSION) return `PostgreSQL ${server.version} is too old: Bailiwick needs 15 or newer.`
  if (server.encoding !== 'UTF8') {
    return `The database's encoding is ${server.encoding}: make one with "create database … encoding 'UTF8' template template0".`
  }
  if (!server.may_create_roles) {
    return 'The role in DATABASE_URL may not create roles, and every organization gets one: "alter role … createrole".'
  }
  if (!server.may_create_schemas) {
    return 'The role in DATABASE_URL may not create schemas in this database: "grant create on database … to …".'
  }
  return undefined
}

/** Whether the server is there but doesn't let this role in: no such password, or no line for it in pg_hba.conf. */
export function isRefusedSignIn(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  // Asked for a password that it doesn't have, `pg` gives up by itself, without a code.
  return code.startsWith('28') || code === '42501' || error.message.includes('password must be a')
}

/** What a failed connection means to the operator: one line, without the address's secrets. */
export function explainConnectionError(address: DatabaseAddress, error: unknown): StartUpError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new StartUpError(`The database at ${describeAddress(address)} ${reason(code, error)}`, EXIT.unavailable, {
    cause: error,
  })
}

function reason(code: string, error: unknown): string {
  if (code === '28P01' || code === '28000') return 'refuses the sign-in: check user and password in DATABASE_URL.'
  if (code === '3D000') return 'does not exist: create it, or correct DATABASE_URL.'
  if (code === '53300') return 'has no connection left: raise its max_connections, or close other programs.'
  if (code === '57P03') return 'is starting up or shutting down: try again in a moment.'
  const said = code || (error instanceof Error ? error.message : String(error))
  return `can't be reached (${said}): check that it runs, and DATABASE_URL.`
}
