import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { raiseStamp } from '../policy/raise-stamp.ts'
import { formatApiKey, hashApiKey, isSameHash, parseApiKey } from './api-key-text.ts'

export interface ApiKeyHolder {
  readonly organization: OrganizationPlace
  /** The user, by his number among the organization's owners. */
  readonly ownerId: number
}

export interface NewApiKey {
  readonly id: string
  readonly organizationId: string
  readonly ownerId: number
  readonly name: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** The last use is written down at most this often, so that reading doesn't become writing. */
const LAST_USE_STEP_MS = 60_000

/** Makes a key and returns its text, which is stored nowhere. */
export async function createApiKey(
  control: Kysely<ControlTables>,
  { id, organizationId, ownerId, name, now }: NewApiKey,
  random: (bytes: number) => Buffer,
): Promise<string> {
  const text = formatApiKey(id, random)
  await control
    .insertInto('api_keys')
    .values({
      id,
      organization_id: organizationId,
      owner_id: ownerId,
      name,
      hash: hashApiKey(text),
      created_at: new Date(now),
    })
    .execute()
  return text
}

/** Whose key it is, by the database; nothing where it isn't one, or was revoked. */
export async function findApiKeyHolder(
  control: Kysely<ControlTables>,
  text: string,
  now: number,
): Promise<ApiKeyHolder | undefined> {
  const key = parseApiKey(text)
  if (!key) return undefined
  const row = await findKeyRow(control, key.id)
  if (!row || !isSameHash(row.hash, key.hash)) return undefined
  await noteUse(control, key.id, row.last_used_at, now)
  const { organization_id, slug, schema, role } = row
  return { organization: { id: organization_id, slug, schema, role }, ownerId: row.owner_id }
}

function findKeyRow(control: Kysely<ControlTables>, id: string) {
  return control
    .selectFrom('api_keys')
    .innerJoin('organizations', 'organizations.id', 'api_keys.organization_id')
    .select(['organization_id', 'owner_id', 'hash', 'last_used_at', 'slug', 'schema', 'role'])
    .where('api_keys.id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}

async function noteUse(control: Kysely<ControlTables>, id: string, lastUse: string | null, now: number): Promise<void> {
  if (lastUse !== null && now - Date.parse(lastUse) < LAST_USE_STEP_MS) return
  await control
    .updateTable('api_keys')
    .set({ last_used_at: new Date(now) })
    .where('id', '=', id)
    .execute()
}

/**
 * Ends a key at once: the organization's stamp grows with it, so that no process goes by what it remembers of the key.
 * @param owner the login role, which alone reaches both the keys and the organization's stamp
 * @returns whether there was such a key, still in use
 */
export async function revokeApiKey(
  owner: Kysely<ControlTables>,
  organization: OrganizationPlace,
  { id, now }: { readonly id: string; readonly now: number },
): Promise<boolean> {
  return owner.transaction().execute(async (transaction) => {
    const revoked = await transaction
      .updateTable('api_keys')
      .set({ revoked_at: new Date(now) })
      .where('id', '=', id)
      .where('organization_id', '=', organization.id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (revoked.numUpdatedRows === 0n) return false
    await raiseStamp(transaction, organization)
    return true
  })
}
