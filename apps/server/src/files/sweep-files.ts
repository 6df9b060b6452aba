import type { OrganizationRef } from '../db/tables.ts'
import type { SweepParts } from './file-parts.ts'
import { filesOf, oldFiles, removeFile, removeFilesOf } from './stored-files.ts'

const AT_ONCE = 500

/**
 * Removes what no record has: files whose upload a crash cut off, and such as were taken off their record just before one. What is less than
 * a day old stays, for it may be on its way in. Of organizations that were thrown away nothing stays.
 * @returns how many were removed of organizations that are
 */
export async function sweepFiles(parts: SweepParts): Promise<number> {
  const organizations = await parts.database.control
    .selectFrom('organizations')
    .select(['id', 'schema', 'role'])
    .execute()
  await sweepThrownAway(parts)
  let removed = 0
  for (const organization of organizations) removed += await sweepOrganization(parts, organization)
  return removed
}

async function sweepThrownAway({ database, filesFolder }: SweepParts): Promise<void> {
  const query = database.control.selectFrom('thrown_away').select('organization_id as id')
  for (const { id } of await query.execute()) if (id !== null) await removeFilesOf(filesFolder, { id })
}

async function sweepOrganization(parts: SweepParts, organization: OrganizationRef): Promise<number> {
  let removed = 0
  let found: { stored: string; place: string }[] = []
  const sweep = async () => {
    removed += await removeUnknown(parts, organization, found)
    found = []
  }
  for await (const file of oldFiles(filesOf(parts.filesFolder, organization), parts.now())) {
    if (found.push(file) >= AT_ONCE) await sweep()
  }
  await sweep()
  return removed
}

async function removeUnknown(
  { database }: SweepParts,
  organization: OrganizationRef,
  found: readonly { readonly stored: string; readonly place: string }[],
): Promise<number> {
  if (found.length === 0) return 0
  const names = found.map(({ stored }) => stored)
  const query = database.organization(organization).selectFrom('files').select('stored').where('stored', 'in', names)
  const known = new Set((await query.execute()).map(({ stored }) => stored))
  const orphans = found.filter(({ stored, place }) => !known.has(stored) || place.includes('incoming'))
  for (const { place } of orphans) await removeFile(place)
  return orphans.length
}
