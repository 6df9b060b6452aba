import type { Key, PolicyUser } from '@bailiwick/access'
import { noteEvent } from '../audit/note-event.ts'
import { ensureIdentity, hashPassword, setPassword } from '../identity/create-identity.ts'
import { setMembership } from '../people/memberships.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { raiseStamp } from '../policy/raise-stamp.ts'
import { invalidInput, notFound } from '../problem.ts'
import type { OrganizationParts } from './organization-parts.ts'

export interface GivenSignIn {
  readonly user: Key
  readonly email: string
  /** Where it was made up here. */
  readonly password?: string
}

const RANDOM_PASSWORD_BYTES = 15

/** A password that nobody chose; it can be read out and typed. */
export function makeUpPassword(random: (bytes: number) => Buffer): string {
  return random(RANDOM_PASSWORD_BYTES).toString('base64url')
}

/**
 * Lets a user of an organization sign in with the e-mail address that the policy gives him and with this password: by the identity of
 * that address, made where there is none. Sessions that it had end.
 * @throws Problem 404 without such a user, 422 where he has no e-mail address
 */
export async function giveSignIn(
  parts: OrganizationParts,
  organization: OrganizationPlace,
  userKey: Key,
  chosenPassword?: string,
): Promise<GivenSignIn> {
  const { policy } = await parts.policies.confirm(organization)
  const user = policy.users.get(userKey)
  if (!user) throw notFound()
  const password = chosenPassword ?? makeUpPassword(parts.random)
  const event = { action: 'giveSignIn', at: parts.now(), subject: userKey } as const
  const email = await link(parts, organization, user, await hashPassword(parts.auth, password))
  await noteEvent(parts.database.organization(organization), event)
  return { user: userKey, email, ...(chosenPassword === undefined && { password }) }
}

/** The same for many at once, with one password for all. @throws Problem as `giveSignIn` */
export async function giveSignIns(
  parts: OrganizationParts,
  organization: OrganizationPlace,
  users: readonly Key[],
  password: string,
): Promise<void> {
  await Promise.all(users.map((user) => giveSignIn(parts, organization, user, password)))
}

async function link(
  parts: OrganizationParts,
  organization: OrganizationPlace,
  { key, email, name }: PolicyUser,
  passwordHash: string,
): Promise<string> {
  if (email === undefined) throw invalidInput([{ path: '/user', message: 'has no e-mail address in the policy' }])
  const identity = await parts.database.owner.transaction().execute(async (transaction) => {
    const made = await ensureIdentity(transaction, { id: parts.newId(), email, name, passwordHash, now: parts.now() })
    const membership = { identityId: made.id, organizationId: organization.id, user: key }
    if (await setMembership(transaction, membership)) await raiseStamp(transaction, organization)
    return made
  })
  if (!identity.isNew) await setPassword(parts, identity.id, passwordHash)
  return email
}
