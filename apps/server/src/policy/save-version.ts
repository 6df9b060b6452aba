import type { PolicyDocument } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { OrganizationRef } from '../db/tables.ts'
import { alterTables } from '../modules/alter-tables.ts'
import { placeOwners } from './buckets.ts'
import type { Examination } from './examine-policy.ts'
import { INDEX_RECORDS, queueOwnJob } from './own-jobs.ts'
import { followUsers } from './returning-users.ts'
import { insertVersion } from './store.ts'

export interface NewVersion {
  readonly number: number
  /** user:anna, or operator. */
  readonly author: string
  readonly approvers: readonly string[]
  /** ISO 8601 instant. */
  readonly at: string
  readonly reason: string | null
}

/** Sections that say who owns and in which bucket: the very same objects leave every owner where he is. */
const PLACING = ['users', 'teams'] as const

/** Makes an examined document the policy, with the tables that it means. The head must be locked. */
export async function saveVersion(
  transaction: QueryExecutorProvider,
  organization: OrganizationRef,
  version: NewVersion,
  current: PolicyDocument,
  { before, after, document, changes }: Examination,
): Promise<void> {
  if (!after || !document) throw new Error('A document without problems was expected.')
  const isMoreLeft = await alterTables(transaction, organization, before.modules, after.modules)
  if (isMoreLeft) await queueOwnJob(transaction, organization, INDEX_RECORDS)
  if (document.users !== current.users)
    await followUsers(transaction, organization, { before: current.users, after: document.users }, version.at)
  if (PLACING.some((section) => document[section] !== current[section]))
    await placeOwners(transaction, organization, document)
  const sharesUsers = document.users !== undefined && document.users === current.users
  await insertVersion(transaction, organization, { ...version, document, difference: changes }, sharesUsers)
}
