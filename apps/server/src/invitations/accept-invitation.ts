import { fold, type PolicyUser } from '@bailiwick/access'
import type { FastifyRequest } from 'fastify'
import { ensureIdentity, findIdentity, hashPassword, isPassword } from '../identity/create-identity.ts'
import { noteEntry } from '../identity/note-entries.ts'
import { isAdmitted, type SignedIn, signIn } from '../identity/sign-in.ts'
import { findIdentityOfUser, setMembership } from '../people/memberships.ts'
import { raiseStamp } from '../policy/raise-stamp.ts'
import { notSignedIn, problem } from '../problem.ts'
import type { InvitationParts } from './invitation-parts.ts'
import { hashToken } from './invitation-token.ts'
import { findInvitation, type Invitation, takeInvitation } from './store.ts'

/** An invitation that can be followed. */
export interface OpenInvitation extends Invitation {
  readonly hash: Buffer
  readonly name: string
}

/**
 * The invitation of a token. One that is wrong, used, replaced or run out, or whose user isn't active any more, has another address or
 * can sign in already, is none.
 * @throws Problem 404
 */
export async function getInvitation(parts: InvitationParts, token: string): Promise<OpenInvitation> {
  const hash = hashToken(token)
  const { control } = parts.database
  const invitation = await findInvitation(control, hash, parts.now())
  if (!invitation) throw noInvitation()
  const { policy, document } = await parts.policies.confirm(invitation.organization)
  const user = policy.users.get(invitation.user)
  if (!user || !isStillMeant(user, invitation)) throw noInvitation()
  if (await findIdentityOfUser(control, invitation.organization.id, user.key)) throw noInvitation()
  const { name = invitation.organization.name } = document.organization ?? {}
  return { ...invitation, organization: { ...invitation.organization, name }, hash, name: user.name }
}

function isStillMeant({ status, email }: PolicyUser, invitation: Invitation): boolean {
  return status === 'active' && email !== undefined && fold(email) === invitation.email
}

function noInvitation() {
  return problem(404, 'not-found', 'This invitation is not good any more.')
}

/** Whether somebody signs in with the address already. */
export async function hasPassword(parts: InvitationParts, { email }: Invitation): Promise<boolean> {
  return (await findIdentity(parts.database.control, email)) !== undefined
}

/**
 * Follows an invitation, and signs in. A new address gets this password. One that somebody signs in with already keeps its own, which must
 * be given: whoever wrote the address into the policy, and may hold the link, gets nowhere with that alone.
 * @throws Problem 401 for a wrong password, or at a time or from an address that doesn't let the person in; 404
 */
export async function acceptInvitation(
  parts: InvitationParts,
  request: FastifyRequest,
  invitation: OpenInvitation,
  password: string,
): Promise<SignedIn> {
  const { organization, user, email } = invitation
  if (!(await isAdmitted(parts, request, { organization, user }))) {
    throw notSignedIn('The organization does not let you sign in at this time, or from this address.')
  }
  const known = await findIdentity(parts.database.control, email)
  if (known && !(await isPassword(parts.auth, known.passwordHash, password))) {
    throw notSignedIn('The e-mail address or the password is wrong.')
  }
  await join(parts, invitation, known?.id, known ? '' : await hashPassword(parts.auth, password))
  await noteEntry(parts, request, { organization, user }, 'acceptInvitation')
  return signIn(parts, request, { email, password }, organization.id)
}

/** Uses the invitation up and makes the address's identity the user, in one. */
async function join(
  parts: InvitationParts,
  { organization, user, email, name, hash }: OpenInvitation,
  knownId: string | undefined,
  passwordHash: string,
): Promise<void> {
  await parts.database.owner.transaction().execute(async (transaction) => {
    if (!(await takeInvitation(transaction, hash))) throw noInvitation()
    const identityId = knownId ?? (await makeIdentity())
    if (await setMembership(transaction, { identityId, organizationId: organization.id, user })) {
      await raiseStamp(transaction, organization)
    }

    async function makeIdentity(): Promise<string> {
      const made = await ensureIdentity(transaction, { id: parts.newId(), email, name, passwordHash, now: parts.now() })
      // Somebody else made it meanwhile: its password isn't this one.
      if (!made.isNew) throw problem(409, 'conflict', 'This address has just got a password. Try again with that.')
      return made.id
    }
  })
}
