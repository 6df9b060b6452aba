import {
  checkDocument,
  compilePolicy,
  type ModuleCatalogue,
  type Policy,
  type PolicyDocument,
  type RecordFacts,
} from '@bailiwick/access'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { alterTables } from '../modules/alter-tables.ts'
import { recordTable } from '../modules/columns.ts'
import type { EncryptedValues } from '../modules/encrypted-values.ts'
import type { TableModules } from '../modules/table-field.ts'
import { placeOwners } from '../policy/buckets.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { readOwners } from '../policy/owners.ts'
import { insertVersion, lockHead } from '../policy/store.ts'
import { storeFacts } from './store-facts.ts'

/** An organization as it should be: its policy, and every record that it has. */
export interface Furnishing {
  readonly document: PolicyDocument
  readonly catalogue: ModuleCatalogue
  /** Whatever is looked up stands before what looks it up. */
  readonly records: readonly RecordFacts[]
  /** Epoch milliseconds. */
  readonly now: number
}

/**
 * One organization that many sets of people and records pass through. Making an organization takes hundreds of statements; between
 * two that are alike only what differs in their tables has to be changed.
 */
export class SharedOrganization {
  readonly place: OrganizationPlace
  readonly #database: Pick<Database, 'ownerTransaction'>
  readonly #secrets: EncryptedValues
  #tables: TableModules = new Map()
  #areTablesKept = false

  constructor(database: Pick<Database, 'ownerTransaction'>, place: OrganizationPlace, secrets: EncryptedValues) {
    this.#database = database
    this.place = place
    this.#secrets = secrets
  }

  /** Takes everything out that was there, and puts this in: a new version of the policy, as after any change of it. */
  async furnish(furnishing: Furnishing): Promise<Policy> {
    const policy = compileChecked(furnishing.document, furnishing.catalogue)
    const tables = this.#areTablesKept ? this.#tables : policy.modules
    await this.#database.ownerTransaction(this.place, async (transaction) => {
      const { version } = await lockHead(transaction, this.place)
      await clear(transaction, this.#tables)
      await alterTables(transaction, this.place, this.#tables, tables)
      await this.#install(transaction, version + 1, furnishing, policy)
    })
    this.#tables = tables
    return policy
  }

  /** Makes these tables, for all policies to come: each of them must find its modules and fields there. */
  async keepTables(tables: TableModules): Promise<void> {
    await this.#database.ownerTransaction(this.place, (transaction) =>
      alterTables(transaction, this.place, this.#tables, tables),
    )
    this.#tables = tables
    this.#areTablesKept = true
  }

  async #install(
    transaction: QueryExecutorProvider,
    number: number,
    { records, now }: Furnishing,
    policy: Policy,
  ): Promise<void> {
    const { document } = policy
    const at = new Date(now).toISOString()
    await placeOwners(transaction, this.place, document)
    await addForgottenOwners(transaction, records)
    const version = { number, author: 'operator', approvers: [], at, reason: null, document, difference: [] }
    await insertVersion(transaction, this.place, version)
    const owners = await readOwners(transaction)
    const storing = { database: transaction, organizationId: this.place.id, owners, secrets: this.#secrets, at }
    for (const run of runsOfModules(records)) {
      const module = policy.modules.get(run[0]?.module ?? '')
      if (module) await storeFacts(storing, module, run)
    }
  }
}

/** Through the checks that every policy passes before it is applied. @throws Error with everything that is wrong */
export function compileChecked(input: PolicyDocument, catalogue: ModuleCatalogue): Policy {
  const { document, problems } = checkDocument(input, { catalogue })
  if (document) return compilePolicy(document, catalogue)
  throw new Error(`The policy is refused:${problems.map(({ path, message }) => `\n  ${path}: ${message}`).join('')}`)
}

/** Deleting from tables that hold a handful of rows is far quicker than truncating them. */
async function clear(transaction: QueryExecutorProvider, tables: TableModules): Promise<void> {
  const names = ['shares', 'history', 'comments', 'idempotency', ...[...tables.keys()].map(recordTable)]
  await sql.raw(names.map((name) => `delete from "${name}"`).join('; ')).execute(transaction)
}

/** People and teams that own or made records, though no document names them any more. */
async function addForgottenOwners(transaction: QueryExecutorProvider, records: readonly RecordFacts[]): Promise<void> {
  const named = records.flatMap(({ owner, createdBy, updatedBy, values }) => [
    owner,
    createdBy ?? owner,
    updatedBy ?? owner,
    ...Object.values(values).filter((value) => typeof value === 'string' && value.startsWith('user:')),
  ])
  await sql`
    insert into owners (kind, key) select split_part(ref, ':', 1), substr(ref, 6)
    from unnest(${[...new Set(named)]}::text[]) as ref on conflict do nothing
  `.execute(transaction)
}

/** Neighbours of one module together; the order stays, for lookups point at what comes before. */
function runsOfModules(records: readonly RecordFacts[]): readonly RecordFacts[][] {
  const runs: RecordFacts[][] = []
  for (const record of records) {
    const last = runs.at(-1)
    if (last?.[0]?.module === record.module) last.push(record)
    else runs.push([record])
  }
  return runs
}
