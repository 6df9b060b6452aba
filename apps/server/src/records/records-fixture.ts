import { BUILT_IN_MODULES, type Key, type PolicyDocument } from '@bailiwick/access'
import { v7 as newId } from 'uuid'
import type { Actor } from '../actor.ts'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { createEncryptedValues } from '../modules/encrypted-values.ts'
import { createLivePolicies } from '../policy/live-policy.ts'
import { createPolicyFixture } from '../policy/policy-fixture.ts'
import { createGateway } from './gateway.ts'

/** For tests of this room: an organization under a policy, and its records as each of its people has them. */
export async function createRecordsFixture(
  database: Database,
  organization: OrganizationRef & { readonly slug: string },
  document: PolicyDocument,
  now: number,
) {
  const policy = await createPolicyFixture(database, organization, document)
  const policies = createLivePolicies(database, { catalogue: BUILT_IN_MODULES })
  const parts = { database, policies, secrets: createEncryptedValues([new Uint8Array(32)]), newId: () => newId() }
  const actor = (user: Key, ip?: string): Actor => ({ organization, user, asking: { now, ip }, via: 'session' })
  return { ...policy, parts, policies, gateway: createGateway(parts), actor }
}
