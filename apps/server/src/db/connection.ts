import type { ClientConfig } from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { valueParsers } from './value-parsers.ts'

/** Where a database is, and as whom the program signs in there: the login role, which may create schemas and roles. */
export type DatabaseAddress = Pick<ClientConfig, 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl' | 'options'>

/** Reads `postgres://user:password@host:port/database?sslmode=…`. Throws `StartUpError`, which doesn't repeat the address. */
export function readDatabaseUrl(url: string): DatabaseAddress {
  try {
    const address = parseIntoClientConfig(url)
    return { ...address, password: address.password ?? process.env.PGPASSWORD }
  } catch {
    throw new StartUpError(
      'DATABASE_URL is not a postgres:// address: postgres://user@host:5432/database.',
      EXIT.configuration,
    )
  }
}

/** `host:port`, or the socket's folder, for messages. */
export function describeAddress({ host, port, database }: DatabaseAddress): string {
  const place = host ?? process.env.PGHOST ?? 'localhost'
  return place.startsWith('/') ? `${place}, database ${database}` : `${place}:${port ?? 5432}, database ${database}`
}

const CONNECT_WITHIN = 10_000

/** Settings that every session of ours starts with; more of them, or others, in `settings`. */
export function connectionConfig(
  address: DatabaseAddress,
  settings: Readonly<Record<string, string>> = {},
): ClientConfig {
  const all = { TimeZone: 'UTC', DateStyle: 'ISO', ...settings }
  const options = Object.entries(all).map(([name, value]) => `-c ${name}=${escapeOption(value)}`)
  return {
    ...address,
    types: valueParsers,
    application_name: 'bailiwick',
    connectionTimeoutMillis: CONNECT_WITHIN,
    keepAlive: true,
    options: [address.options, ...options].filter(Boolean).join(' '),
  }
}

/** In the `options` of a start-up packet a backslash keeps the next character from ending the word. */
const escapeOption = (value: string) => value.replace(/[\\\s]/g, '\\$&')
