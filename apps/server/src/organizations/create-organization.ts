import type { PolicyDocument } from '@bailiwick/access'
import type { CreatedOrganization, NewOrganization } from '@bailiwick/contract'
import { sql, type Transaction } from 'kysely'
import { createOrganizationSchema, organizationRef } from '../db/organization-schema.ts'
import type { ControlTables } from '../db/tables.ts'
import { createApiKey } from '../identity/api-keys.ts'
import { ensureIdentity, hashPassword } from '../identity/create-identity.ts'
import { setMembership } from '../people/memberships.ts'
import { createFirstVersion, firstDocument } from '../policy/first-version.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { PolicyRefused } from '../policy/policy-refusals.ts'
import { invalidInput, problem } from '../problem.ts'
import { findOrganization } from './find-organization.ts'
import { makeUpPassword } from './give-sign-in.ts'
import type { OrganizationParts } from './organization-parts.ts'

/** The first administrator's key in the policy document. */
const ADMINISTRATOR_KEY = 'admin'
const UNIQUE_VIOLATION = '23505'
const DUPLICATE_SCHEMA = '42P06'

/**
 * An organization with one administrator, his sign-in and an API key of his: all of it or nothing.
 * @returns the password only where it was made up here for a new identity: one that was there already keeps its own
 * @throws Problem 409 where the slug is taken, 422 where the document of such a name or address would be refused
 */
export async function createOrganization(
  parts: OrganizationParts,
  { slug, name = slug, adminEmail, adminName = adminEmail, adminPassword }: NewOrganization,
): Promise<CreatedOrganization> {
  const password = adminPassword ?? makeUpPassword(parts.random)
  const admin = { email: adminEmail, name: adminName, passwordHash: await hashPassword(parts.auth, password) }
  const document = firstDocument(name, { key: ADMINISTRATOR_KEY, name: adminName, email: adminEmail })
  const issued = await establishOrganization(parts, { slug, name }, document, (transaction, organization) =>
    letAdministratorIn(parts, transaction, organization, admin),
  )
  const isToTell = adminPassword === undefined && issued.isNew
  return { organization: slug, user: ADMINISTRATOR_KEY, ...(isToTell && { password }), key: issued.key }
}

/**
 * An organization with its schema, its role, its first policy and the tables for that, and whatever `also` does in the same
 * transaction (of the login role, in schema `control`).
 * @throws Problem 409 where the slug is taken, 422 with everything that is wrong with the document
 */
export async function establishOrganization<Result>(
  parts: Pick<OrganizationParts, 'database' | 'catalogue' | 'newId' | 'now'>,
  { slug, name }: { readonly slug: string; readonly name: string },
  document: PolicyDocument,
  also: (transaction: Transaction<ControlTables>, organization: OrganizationPlace) => Promise<Result>,
): Promise<Result> {
  if (await findOrganization(parts.database.control, slug)) throw slugTaken(slug)
  const organization = { ...organizationRef(parts.newId(), slug), slug }
  try {
    return await parts.database.owner.transaction().execute(async (transaction) => {
      const row = { ...organization, name, created_at: new Date(parts.now()) }
      await transaction.insertInto('organizations').values(row).execute()
      await createOrganizationSchema(transaction, organization)
      await createFirstVersion(transaction, organization, document, parts.now(), { catalogue: parts.catalogue })
      return also(transaction, organization)
    })
  } catch (error) {
    throw explainFailure(error, slug)
  }
}

async function letAdministratorIn(
  parts: OrganizationParts,
  transaction: Transaction<ControlTables>,
  organization: OrganizationPlace,
  admin: { readonly email: string; readonly name: string; readonly passwordHash: string },
): Promise<{ key: string; isNew: boolean }> {
  const now = parts.now()
  const identity = await ensureIdentity(transaction, { id: parts.newId(), ...admin, now })
  const membership = { identityId: identity.id, organizationId: organization.id, user: ADMINISTRATOR_KEY }
  await setMembership(transaction, membership)
  const ownerId = await getOwnerId(transaction, organization, ADMINISTRATOR_KEY)
  const key = { id: parts.newId(), organizationId: organization.id, ownerId, name: 'first key', now }
  return { key: await createApiKey(transaction, key, parts.random), isNew: identity.isNew }
}

async function getOwnerId(
  transaction: Transaction<ControlTables>,
  { schema }: OrganizationPlace,
  user: string,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from ${sql.id(schema, 'owners')} where kind = 'user' and key = ${user}`.execute(transaction)
  const [owner] = rows
  if (!owner) throw new Error(`${user} is in the policy, but not among the owners`)
  return owner.id
}

function explainFailure(error: unknown, slug: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === UNIQUE_VIOLATION || code === DUPLICATE_SCHEMA) return slugTaken(slug)
  if (!(error instanceof PolicyRefused)) return error
  return invalidInput(error.refusal.problems.map(({ path, message }) => ({ path, message })))
}

function slugTaken(slug: string) {
  return problem(409, 'conflict', `There is an organization "${slug}" already.`)
}
