import type { PolicyDocument } from '@bailiwick/access'
import { Problem } from '../problem.ts'
import { testDatabase } from '../testing/index.ts'
import { createRecordsFixture } from './records-fixture.ts'

export const NOW = Date.parse('2026-03-02T10:00:00Z')

const ALL = ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer', 'confide', 'mass', 'export'] as const

export const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  roles: { head: {}, rep: { parent: 'head' } },
  profiles: {
    sales: {
      modules: {
        accounts: { actions: ALL, fields: { default: 'edit', secret: 'hidden', iban: 'masked', rating: 'read' } },
        deals: { actions: ALL },
        contacts: { actions: ['read'] },
      },
    },
    finance: { clearance: 'restricted', modules: { accounts: { actions: ALL } } },
    reader: { modules: { accounts: { actions: ['read'] } } },
    figures: { system: ['viewReports'], modules: { deals: { actions: ['read'], aggregate: 'all' } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { role: 'rep', profiles: ['sales'] },
    pekka: { role: 'rep', profiles: ['sales'] },
    anna: { email: 'anna@nordwind.example', role: 'head', profiles: ['sales'] },
    fia: { profiles: ['finance'] },
    rita: { profiles: ['reader'] },
    stina: { profiles: ['figures'] },
  },
  teams: { desk: { leaders: ['anna'], members: ['pekka'] } },
  modules: {
    accounts: {
      fields: {
        secret: { type: 'text' },
        iban: { type: 'text', mask: 'last4', unique: true },
        token: { type: 'text', encrypted: true, unique: true, sensitivity: 'restricted' },
      },
    },
    deals: { parent: 'account' },
  },
  restrictionRules: {
    won: { module: 'deals', for: ['role:rep'], when: { field: 'stage', op: 'eq', value: 'Won' }, level: 'read' },
  },
}

/** An organization whose people ask the gateway; to be called at a test file's top level. */
export async function gatewayOffice() {
  const { database, createOrganization } = await testDatabase()
  /** Another organization of the same kind. */
  const fixture = async () => createRecordsFixture(database, await createOrganization(), DOCUMENT, NOW)
  const { gateway, actor } = await fixture()
  type Asking = ReturnType<typeof actor>
  return {
    gateway,
    fixture,
    ada: actor('ada'),
    mikko: actor('mikko'),
    pekka: actor('pekka'),
    anna: actor('anna'),
    fia: actor('fia'),
    rita: actor('rita'),
    stina: actor('stina'),
    make: async (who: Asking, module: string, body: Record<string, unknown>) =>
      (await gateway.create(who, module, body)).id,
    names: async (who: Asking, module: string, query = {}) =>
      (await gateway.list(who, module, query)).items.map((item) => item.name),
  }
}

/** What a refusal says. @throws where the work was done, or failed for another reason */
export async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Problem)) throw new Error('A refusal was expected.', { cause: error })
  return { status: error.status, detail: error.message, errors: error.errors }
}
