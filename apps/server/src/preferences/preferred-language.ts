import type { Database } from '../db/database.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { readSettings } from './settings.ts'

/** The language that a user chose to read; nothing where he left it to his browser. */
export async function findPreferredLanguage(
  database: Pick<Database, 'organization'>,
  organization: OrganizationPlace,
  user: string,
): Promise<string | undefined> {
  const { language } = await readSettings(database.organization(organization), user)
  return language ?? undefined
}
