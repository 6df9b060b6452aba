import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { afterAll, beforeEach } from 'vitest'
import { Problem } from '../problem.ts'
import { testDatabase } from '../testing/index.ts'
import { createMeeting } from './interleaving-fixture.ts'
import { createRecordsFixture } from './records-fixture.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const ALL = [
  'create',
  'read',
  'update',
  'delete',
  'comment',
  'share',
  'transfer',
  'confide',
  'mass',
  'import',
  'overwrite',
] as const
export const USERS = {
  ada: { profiles: ['administrator'] },
  mikko: { profiles: ['sales'] },
  pekka: { profiles: ['sales'] },
  nils: { profiles: ['sales'] },
}
export const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: {
    sales: { modules: { accounts: { actions: ALL }, deals: { actions: ALL }, contacts: { actions: ALL } } },
    reader: { modules: { accounts: { actions: ['read'] }, deals: { actions: ['read'] } } },
  },
  users: USERS,
  modules: { deals: { parent: 'account' } },
}

/** What came of it: `done`, or the status of the refusal. */
function outcome(settled: PromiseSettledResult<unknown>): string | number {
  if (settled.status === 'fulfilled') return 'done'
  if (settled.reason instanceof Problem) return settled.reason.status
  throw settled.reason
}

/** An organization whose people write at once, as the policy says before each test; to be called at a test file's top level. */
export async function twoWriters() {
  const { database, address, createOrganization } = await testDatabase()
  const organization = await createOrganization()
  const { apply, gateway, parts, actor } = await createRecordsFixture(database, organization, DOCUMENT, NOW)
  const [ada, mikko, pekka] = [actor('ada'), actor('mikko'), actor('pekka')]
  const meeting = await createMeeting(database, address, organization, [
    'r_accounts',
    'r_deals',
    'shares',
    'comments',
    'policy_versions',
    'head',
  ])
  afterAll(() => meeting.close())
  beforeEach(async () => {
    await apply(DOCUMENT, { destroy: ['accounts.passing'] })
  })

  async function met(first: () => Promise<unknown>, second: () => Promise<unknown>) {
    return (await meeting.meet(first, second)).map(outcome)
  }

  /** Who did what to a record, in order. */
  async function writersOf(id: string): Promise<string[]> {
    const { rows } = await sql<{ what: string }>`
      select owners.key || ' ' || action as what from history join owners on owners.id = history.actor
      where record_id = ${id}::uuid order by history.id`.execute(database.organization(organization))
    return rows.map(({ what }) => what)
  }

  async function ownAccount(): Promise<string> {
    return (await gateway.create(pekka, 'accounts', { name: 'Own' })).id
  }

  async function sharedAccount(): Promise<string> {
    const { id } = await gateway.create(mikko, 'accounts', { name: 'Shared' })
    await gateway.share(mikko, 'accounts', id, { with: 'user:pekka', level: 'full' })
    return id
  }

  /** A deal of Mikko's, which Pekka reaches by its account. */
  async function dealUnder(account: string): Promise<string> {
    await gateway.share(ada, 'accounts', account, { with: 'user:mikko', level: 'read' })
    return (await gateway.create(mikko, 'deals', { name: 'Below', account })).id
  }

  return {
    ...{ database, organization, apply, gateway, parts, actor, ada, mikko, pekka },
    ...{ meeting, met, writersOf, ownAccount, sharedAccount, dealUnder },
  }
}
