import type { Kysely, Transaction } from 'kysely'
import { type DatabaseAddress, readDatabaseUrl } from './connection.ts'
import type { LentConnection } from './connection-pool.ts'
import { Connections, type DatabaseOptions } from './connections.ts'
import { startEmbedded } from './embedded.ts'
import type { Statement } from './statement-client.ts'
import type { ControlTables, OrganizationRef, OrganizationTables } from './tables.ts'

export interface Database {
  /** The login role, in schema `control`: makes schemas, roles and tables, and sees everything. Not for requests. */
  readonly owner: Kysely<ControlTables>
  /** The running program's role, in schema `control`. */
  readonly control: Kysely<ControlTables>
  /**
   * An organization's tables as its own role, which reaches nothing else. Transactions are `repeatable read`: whoever writes goes
   * through `retryOnConflict`.
   */
  organization(organization: OrganizationRef): Kysely<OrganizationTables>
  /** A transaction of the login role whose search_path is the organization's schema, for changes of tables. `read committed`. */
  ownerTransaction<Result>(
    organization: OrganizationRef,
    work: (transaction: Transaction<OrganizationTables>) => Promise<Result>,
  ): Promise<Result>
  /** One statement as the organization's role; its rows. */
  run<Row>(organization: OrganizationRef, statement: Statement): Promise<Row[]>
  /** A connection as the organization's role, for transactions written by hand and for cursors; must be released. */
  connect(organization: OrganizationRef): Promise<LentConnection>
  /** A connection of the login role, in schema `control`, for COPY; must be released. Not for requests. */
  connectOwner(): Promise<LentConnection>
  /** Calls `handler` for every notification on `channel`, and with '' where some may have been missed. Answers how to stop. */
  listen(channel: string, handler: (payload: string) => void): Promise<() => void>
  /** Connections to the database that requests hold or keep, for metrics. */
  countConnections(): number
  /** Waits for running work, closes all connections, and stops the embedded server where there is one. */
  close(): Promise<void>
}

export type DatabasePlace =
  /** A server of the operator's, as in `DATABASE_URL`. */
  | { readonly url: string }
  | { readonly address: DatabaseAddress }
  /** The built-in server, with its files in `<folder>/postgres`. */
  | { readonly folder: string }

/**
 * Opens the database, starting the built-in server where that is the place, and migrates it.
 * Throws `StartUpError` where it can't be reached, isn't fit, or belongs to a newer Bailiwick.
 */
export async function openDatabase(place: DatabasePlace, options: DatabaseOptions = {}): Promise<Database> {
  const { address, stop } = await findServer(place)
  const connections = new Connections(address, options)
  try {
    await connections.prepare()
  } catch (error) {
    await connections.close()
    await stop()
    throw error
  }
  return toDatabase(connections, stop)
}

async function findServer(place: DatabasePlace): Promise<{ address: DatabaseAddress; stop: () => Promise<void> }> {
  if ('url' in place) return { address: readDatabaseUrl(place.url), stop: async () => {} }
  if ('address' in place) return { address: place.address, stop: async () => {} }
  const { socketFolder, port, user, database, stop } = await startEmbedded(place)
  const address = { host: socketFolder, port, user, database }
  return { address, stop }
}

function toDatabase(connections: Connections, stop: () => Promise<void>): Database {
  const { owner, control } = connections
  return {
    owner,
    control,
    organization: (organization) => connections.organization(organization),
    ownerTransaction: (organization, work) => connections.ownerTransaction(organization, work),
    connect: (organization) => connections.connect(organization),
    connectOwner: () => connections.connectOwner(),
    run: (organization, statement) => connections.run(organization, statement),
    listen: (channel, handler) => connections.listener.listen(channel, handler),
    countConnections: () => connections.count(),
    close: async () => {
      await connections.close()
      await stop()
    },
  }
}
