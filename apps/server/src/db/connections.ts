import { randomBytes } from 'node:crypto'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import Cursor from 'pg-cursor'
import { connectionConfig, type DatabaseAddress } from './connection.ts'
import { ConnectionPool, connectClient, type LentConnection } from './connection-pool.ts'
import { requireSameFold } from './fold.ts'
import { Listener } from './listener.ts'
import { migrate } from './migrate.ts'
import { rolePassword, scramVerifier, setRolePassword } from './roles.ts'
import { explainConnectionError, isRefusedSignIn, requireSuitableServer } from './server-checks.ts'
import type { Statement, StatementClient } from './statement-client.ts'
import type { ControlTables, OrganizationRef, OrganizationTables } from './tables.ts'
import { addTrigrams } from './trigrams.ts'

export interface DatabaseOptions {
  /** Most connections that organizations' requests hold together; 8 for one organization. */
  readonly connections?: number
  /** Milliseconds after which the database gives up a request's statement. */
  readonly statementTimeout?: number
  /** Tells the operator something in a line. */
  readonly warn?: (line: string) => void
}

const OWNER_CONNECTIONS = 4
const CONTROL_CONNECTIONS = 8
const CONNECTIONS_PER_ORGANIZATION = 8
/** With the owner's, control's and the listener's this stays under PostgreSQL's own bound of 100, with room for tools. */
const ORGANIZATION_CONNECTIONS = 48
/**
 * So that no connection gathers the statements of many policies, one after the other: those that are kept at one time, some two times and a
 * half (`KeptPlans`). To count how often one is used would end them under load, and to begin anew costs what hundreds of answers do.
 */
const KEPT_PER_CONNECTION = 400
const STATEMENT_TIMEOUT = 30_000
const TRANSACTION_IDLE_TIMEOUT = 60_000
/** How statements of requests are planned. */
export const PLANNING = {
  /** What a person reaches looks costly to the planner, and is not: compiling it took seconds where running it takes milliseconds. */
  jit: 'off',
  /** For what takes a tenth of a second, starting helpers takes as long as they spare, and takes the processors from everybody else. */
  parallel_setup_cost: '10000',
}
const WAITING = { waitFor: 10_000, idleFor: 30_000 }

/** How the program becomes one of its roles: signs in as it, or (where the server won't have that) takes it on after signing in. */
type Entrance = 'sign-in' | 'set-role'

/** The three kinds of connections there are: the login role's, the program's own, and each organization's. */
export class Connections {
  readonly owner: Kysely<ControlTables>
  readonly control: Kysely<ControlTables>
  readonly listener: Listener
  readonly #address: DatabaseAddress
  readonly #options: DatabaseOptions
  readonly #owners: ConnectionPool
  readonly #controls: ConnectionPool
  readonly #organizations: ConnectionPool
  /** The login role on an organization's tables: the same connections as `owner`, other types. */
  readonly #ownerOfOrganizations: Kysely<OrganizationTables>
  readonly #byOrganization = new Map<string, Kysely<OrganizationTables>>()
  #entrance: Entrance = 'sign-in'
  #controlRole = ''

  constructor(address: DatabaseAddress, options: DatabaseOptions) {
    this.#address = address
    this.#options = options
    const total = options.connections ?? ORGANIZATION_CONNECTIONS
    this.#owners = new ConnectionPool({ total: OWNER_CONNECTIONS, perKey: OWNER_CONNECTIONS, ...WAITING })
    this.#controls = new ConnectionPool({ total: CONTROL_CONNECTIONS, perKey: CONTROL_CONNECTIONS, ...WAITING })
    const perKey = CONNECTIONS_PER_ORGANIZATION
    this.#organizations = new ConnectionPool({ total, perKey, mostKept: KEPT_PER_CONNECTION, ...WAITING })
    const lendOwner = () => this.connectOwner()
    this.owner = kyselyOn(lendOwner)
    this.#ownerOfOrganizations = kyselyOn(lendOwner)
    this.control = kyselyOn(() => this.#controls.lend('control', () => this.#connectAs(this.#controlRole, 'control')))
    this.listener = new Listener(() => this.#openOwner())
  }

  /** Checks the server, migrates, and finds out how to become a role. Throws `StartUpError`. */
  async prepare(): Promise<void> {
    await this.#requireReachable()
    await requireSuitableServer(this.owner)
    await migrate(this.owner)
    await requireSameFold(this.owner)
    await this.#addTrigrams()
    const installation = await this.owner.selectFrom('installation').select('control_role').executeTakeFirstOrThrow()
    this.#controlRole = installation.control_role
    await this.#findEntrance()
  }

  organization(organization: OrganizationRef): Kysely<OrganizationTables> {
    const known = this.#byOrganization.get(organization.role)
    if (known) return known
    const made = kyselyOn<OrganizationTables>(() => this.connect(organization))
    this.#byOrganization.set(organization.role, made)
    return made
  }

  connect({ role, schema }: OrganizationRef): Promise<LentConnection> {
    return this.#organizations.lend(role, () => this.#connectAs(role, schema, 'repeatable read'))
  }

  connectOwner(): Promise<LentConnection> {
    return this.#owners.lend('owner', () => this.#openOwner())
  }

  async run<Row>(organization: OrganizationRef, statement: Statement): Promise<Row[]> {
    const connection = this.#organizations.lendIdle(organization.role) ?? (await this.connect(organization))
    try {
      return await connection.run<Row>(statement)
    } finally {
      connection.release()
    }
  }

  ownerTransaction<Result>(
    { schema }: OrganizationRef,
    work: (transaction: Transaction<OrganizationTables>) => Promise<Result>,
  ): Promise<Result> {
    return this.#ownerOfOrganizations.transaction().execute(async (transaction) => {
      await sql`select set_config('search_path', quote_ident(${schema}), true)`.execute(transaction)
      return work(transaction)
    })
  }

  count(): number {
    return this.#owners.size + this.#controls.size + this.#organizations.size
  }

  async close(): Promise<void> {
    await Promise.all([
      this.#organizations.close(),
      this.#controls.close(),
      this.#owners.close(),
      this.listener.close(),
    ])
  }

  async #requireReachable(): Promise<void> {
    try {
      const connection = await this.connectOwner()
      connection.release()
    } catch (error) {
      throw explainConnectionError(this.#address, error)
    }
  }

  async #addTrigrams(): Promise<void> {
    const missing = await addTrigrams(this.owner)
    if (missing !== undefined) this.#options.warn?.(missing)
  }

  async #findEntrance(): Promise<void> {
    try {
      const client = await this.#connectAs(this.#controlRole, 'control')
      await client.end()
    } catch (error) {
      if (!isRefusedSignIn(error)) throw explainConnectionError(this.#address, error)
      this.#entrance = 'set-role'
      this.#options.warn?.(
        `The database server lets only the role of DATABASE_URL sign in, so organizations are kept apart less strictly: allow "${this.#controlRole}" and "org_…" in its pg_hba.conf.`,
      )
    }
  }

  #openOwner(): Promise<StatementClient> {
    return connectClient(connectionConfig(this.#address, { search_path: 'control' }))
  }

  /** A session that is `role` from its first moment, and finds unqualified names in `schema`. */
  async #connectAs(role: string, schema: string, isolation = 'read committed'): Promise<StatementClient> {
    const settings = {
      search_path: schema,
      default_transaction_isolation: isolation,
      statement_timeout: String(this.#options.statementTimeout ?? STATEMENT_TIMEOUT),
      idle_in_transaction_session_timeout: String(TRANSACTION_IDLE_TIMEOUT),
      ...PLANNING,
    }
    if (this.#entrance === 'set-role') return connectClient(connectionConfig(this.#address, { ...settings, role }))
    const password = rolePassword(this.#address, role)
    const config = connectionConfig({ ...this.#address, user: role, password }, settings)
    try {
      return await connectClient(config)
    } catch (error) {
      if (password === undefined || !isRefusedSignIn(error)) throw error
      // The role is new, or the login role's password has changed since: either way the password is ours to set.
      await setRolePassword(this.owner, role, scramVerifier(password, randomBytes(16)))
      return connectClient(config)
    }
  }
}

/** Kysely over lent connections, which the pools end themselves. */
function kyselyOn<Tables>(connect: () => Promise<LentConnection>): Kysely<Tables> {
  return new Kysely({ dialect: new PostgresDialect({ pool: { connect, end: async () => {} }, cursor: Cursor }) })
}
