import {
  ADMINISTRATOR,
  checkDocument,
  compilePolicy,
  describeDifference,
  type Key,
  type PolicyDocument,
} from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'
import { alterTables } from '../modules/alter-tables.ts'
import { placeOwners } from './buckets.ts'
import type { ExaminingParts } from './examine-policy.ts'
import { PolicyRefused } from './policy-refusals.ts'
import { insertVersion } from './store.ts'

export interface FirstAdministrator {
  readonly key: Key
  readonly name: string
  readonly email?: string
}

/** The policy of an organization that has nothing yet: one person, who may do everything. */
export function firstDocument(organizationName: string, { key, name, email }: FirstAdministrator): PolicyDocument {
  const administrator = { name, ...(email !== undefined && { email }), profiles: [ADMINISTRATOR] }
  return { bailiwick: 1, organization: { name: organizationName }, users: { [key]: administrator } }
}

/**
 * Makes version 1 and the tables of the built-in modules, in the transaction that creates the organization: its schema and the tables
 * that don't depend on modules must be there. @throws PolicyRefused where the name or the person's key or address won't do
 */
export async function createFirstVersion(
  transaction: QueryExecutorProvider,
  organization: OrganizationRef,
  input: PolicyDocument,
  now: number,
  { catalogue }: Pick<ExaminingParts, 'catalogue'>,
): Promise<void> {
  const { problems, document } = checkDocument(input, { catalogue })
  if (!document || problems.length > 0) throw new PolicyRefused({ problems })
  await alterTables(transaction, organization, new Map(), compilePolicy(document, catalogue).modules)
  await placeOwners(transaction, organization, document)
  await insertVersion(transaction, organization, {
    number: 1,
    author: 'operator',
    approvers: [],
    at: new Date(now).toISOString(),
    reason: null,
    document,
    difference: describeDifference({ bailiwick: 1 }, document),
  })
}
