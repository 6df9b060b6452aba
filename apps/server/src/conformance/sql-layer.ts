import type { ModuleCatalogue } from '@bailiwick/access'
import { factsOf, madeUpIds, type ScenarioLayer } from '@bailiwick/testkit/scenarios'
import type { Database } from '../db/database.ts'
import { createEncryptedValues } from '../modules/encrypted-values.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { createLivePolicies } from '../policy/live-policy.ts'
import { createGateway } from '../records/gateway.ts'
import { SharedOrganization } from './shared-organization.ts'
import { SqlSession } from './sql-session.ts'

/** The gateway, and the conditions that it makes of a reach, on records in PostgreSQL. One scenario at a time. */
export function sqlLayer(database: Database, place: OrganizationPlace, catalogue: ModuleCatalogue): ScenarioLayer {
  const secrets = createEncryptedValues([new Uint8Array(32)])
  const organization = new SharedOrganization(database, place, secrets)
  const policies = createLivePolicies(database, { catalogue })
  const parts = { database, policies, secrets, newId: unusedId }
  const gateway = createGateway(parts)
  return {
    name: 'sql',
    explainsBy: 'cause',
    unable: ({ kind }) => (kind === 'request' ? 'requests go to the HTTP interface' : undefined),
    open: async (scenario) => {
      const records = factsOf(scenario, catalogue, madeUpIds(scenario))
      const document = scenario.policy
      await organization.furnish({ document, catalogue, records: [...records.values()], now: scenario.now })
      return new SqlSession({ parts, gateway, place, scenario })
    },
  }
}

function unusedId(): never {
  throw new Error('No question makes a record.')
}
