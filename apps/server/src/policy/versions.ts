import { type Difference, describeDifference, wholeDocument } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { type AppliedPolicy, type ApplyingParts, applyPolicy, type PolicyChange } from './apply-policy.ts'
import { PolicyVersionMissing } from './policy-refusals.ts'
import { findVersion, type PolicyVersion } from './store.ts'

export { findVersion, listVersions, type PolicyVersion, type VersionEntry } from './store.ts'

/** @throws PolicyVersionMissing */
export async function getVersion(
  database: QueryExecutorProvider,
  organization: OrganizationRef,
  number: number,
): Promise<PolicyVersion> {
  const version = await findVersion(database, organization, number)
  if (!version) throw new PolicyVersionMissing(number)
  return version
}

/** What changed from one version to another, in either direction. @throws PolicyVersionMissing */
export async function compareVersions(
  database: QueryExecutorProvider,
  organization: OrganizationRef,
  from: number,
  to: number,
): Promise<Difference[]> {
  const older = await getVersion(database, organization, from)
  const newer = await getVersion(database, organization, to)
  return describeDifference(older.document, newer.document)
}

/**
 * Applies the document of an old version as a new one, by the same checks, tests and refusals as any other.
 * @throws PolicyVersionMissing, and what `applyPolicy` throws
 */
export async function restoreVersion(
  database: Pick<Database, 'organization' | 'ownerTransaction'>,
  change: Omit<PolicyChange, 'input'> & { readonly number: number },
  parts: ApplyingParts,
): Promise<AppliedPolicy> {
  const { number, reason, ...rest } = change
  const { document } = await getVersion(database.organization(change.organization), change.organization, number)
  const input = wholeDocument(document)
  return applyPolicy(database, { ...rest, input, reason: reason ?? `Back to version ${number}` }, parts)
}
