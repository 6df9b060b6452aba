import { compose, type Program } from '../../../apps/server/src/compose.ts'
import { readConfig } from '../../../apps/server/src/config.ts'
import { findOrganization } from '../../../apps/server/src/organizations/find-organization.ts'
import { issueApiKey } from '../../../apps/server/src/organizations/issue-api-key.ts'
import type { OrganizationPlace } from '../../../apps/server/src/policy/live-policy.ts'
import type { Cell } from '../../../apps/server/src/records/copy-rows.ts'
import type { Place } from '../../data-set/build.ts'
import { loadTable } from '../../data-set/load-rows.ts'
import { runAsOwner } from '../../data-set/run-as-owner.ts'
import type { Deal } from '../world/deals.ts'
import { makeDocument } from '../world/document.ts'
import type { Person } from '../world/organization.ts'

const SLUG = 'peers'

/** The organization in Bailiwick's own tables, made by the program; records and shares come by COPY. */
export interface OurTables {
  readonly program: Program
  readonly organization: OrganizationPlace
  keyOf(person: Person): string
  close(): Promise<void>
}

export async function makeOurTables(
  place: Place,
  deals: readonly Deal[],
  people: readonly Person[],
): Promise<OurTables> {
  const settings = { DATABASE_URL: place.databaseUrl, BAILIWICK_DATA: place.folder, BAILIWICK_LOG: 'warn' }
  const program = await compose(readConfig(settings, place.folder))
  try {
    const organization = await found(program)
    await loadDeals(place, organization.schema, deals)
    const keys = new Map<Person, string>()
    for (const person of people) keys.set(person, await issueApiKey(program.parts, organization, person.key, 'peers'))
    const keyOf = (person: Person) => keys.get(person) ?? ''
    return { program, organization, keyOf, close: () => program.close() }
  } catch (error) {
    await program.close()
    throw error
  }
}

/** Over its own interface: the organization by the operator's, the policy by its administrator's. */
async function found(program: Program): Promise<OrganizationPlace> {
  const operator = program.buildOperatorServer()
  const network = program.buildNetworkServer()
  try {
    const body = { slug: SLUG, name: 'Peers', adminEmail: 'admin@peers.example' }
    const made = await operator.inject({ method: 'POST', url: '/operator/v1/organizations', body })
    const headers = { authorization: `Bearer ${made.json().key}`, 'if-match': '"1"' }
    const document = makeDocument(made.json().user)
    const applied = await network.inject({ method: 'PUT', url: '/api/v1/policy', headers, body: document })
    if (applied.statusCode !== 200) throw new Error(`The policy was not applied: ${applied.body.slice(0, 500)}`)
  } finally {
    await Promise.all([operator.close(), network.close()])
  }
  const organization = await findOrganization(program.parts.database.control, SLUG)
  if (!organization) throw new Error('The organization was not made.')
  return organization
}

const COLUMNS = [
  ...['id', 'owner_id', 'confidential', 'created_at', 'updated_at', 'shares_count'],
  ...['f_name', 'f_stage', 'f_amount'],
]

async function loadDeals({ address }: Place, schema: string, deals: readonly Deal[]): Promise<void> {
  const owners = await runAsOwner<{ id: number; key: string }>(address, schema, [
    `select id, key from owners where kind = 'user'`,
  ])
  const ids = new Map(owners.map(({ id, key }) => [key, id]))
  const rows = deals.map((deal): Cell[] => {
    const { id, owner, confidential, updatedAt, shares, name, stage, amount } = deal
    return [id, ids.get(owner.key) ?? null, confidential, updatedAt, updatedAt, shares.length, name, stage, amount]
  })
  await loadTable(address, schema, { table: 'r_deals', columns: COLUMNS, rows })
  const columns = ['record_id', 'module', 'grantee', 'level', 'created_at']
  await loadTable(address, schema, { table: 'shares', columns, rows: deals.flatMap(shareRows) })
  await runAsOwner(address, schema, ['vacuum analyze'])
}

function shareRows({ id, shares, updatedAt }: Deal): Cell[][] {
  return shares.map(({ person, role, level }) => {
    return [id, 'deals', person ? `user:${person.key}` : `role:${role}`, level === 'edit' ? 2 : 1, updatedAt]
  })
}
