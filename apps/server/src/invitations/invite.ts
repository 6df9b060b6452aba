import { fold, hasSystemPermission, type Policy, type PolicyUser, SYSTEM_PERMISSIONS } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { noteEvent } from '../audit/note-event.ts'
import { isOperator } from '../people/admission.ts'
import { findIdentityOfUser } from '../people/memberships.ts'
import { findPreferredLanguage } from '../preferences/preferred-language.ts'
import { invalidInput, notFound, notPermitted, problem, unavailable } from '../problem.ts'
import { composeInvitation } from './compose-invitation.ts'
import type { InvitationParts } from './invitation-parts.ts'
import { hashToken, makeToken } from './invitation-token.ts'
import { replaceInvitation } from './store.ts'
import { requireUserManager } from './user-manager.ts'

export interface Invited {
  readonly mailed: boolean
  readonly link?: string
  readonly expiresAt: string
}

const GOOD_FOR_MS = 7 * 24 * 3_600_000

/**
 * Makes a link by which a user gets his first sign-in, good once and for a week. It goes to his own address where there is a mail server
 * and the server's address is known; else to the inviter. Nobody invites a person to permissions of the system that he lacks himself,
 * since he might follow the link in that person's stead.
 * @throws Problem 403, 404 without such a user, 409 where he can sign in already, 422 without an e-mail address, 503 where mailing fails
 */
export async function invite(parts: InvitationParts, actor: Actor, key: string, language?: string): Promise<Invited> {
  const { policy, document } = await requireUserManager(parts.policies, actor)
  const user = policy.users.get(key)
  if (!user) throw notFound()
  const email = requireInvitable(policy, actor, user)
  const { control } = parts.database
  if ((await findIdentityOfUser(control, actor.organization.id, key)) !== undefined) {
    throw problem(409, 'conflict', 'This person can sign in already.')
  }
  const token = makeToken(parts.random)
  const expiresAt = new Date(parts.now() + GOOD_FOR_MS)
  const invitation = { organizationId: actor.organization.id, user: key, email: fold(email), hash: hashToken(token) }
  await noteInvitation(parts, actor, key)
  await replaceInvitation(control, { ...invitation, expiresAt })
  const link = `${parts.publicUrl ?? ''}/invitation?token=${token}`
  const common = { expiresAt: expiresAt.toISOString() }
  if (!parts.mailer || parts.publicUrl === undefined) return { mailed: false, link, ...common }
  const organization = document.organization?.name ?? actor.organization.slug
  const inviter = policy.users.get(actor.user)?.name
  const mail = composeInvitation({
    organization,
    inviter,
    link,
    language: await languageFor(parts, actor, key, language),
  })
  await send(parts, { id: parts.newId(), to: { name: user.name, address: email }, ...mail })
  return { mailed: true, ...common }
}

/** His own, where he ever chose one; else as the inviter says, else the inviter's. */
async function languageFor({ database }: InvitationParts, { organization, user }: Actor, key: string, said?: string) {
  const own = await findPreferredLanguage(database, organization, key)
  return own ?? said ?? (await findPreferredLanguage(database, organization, user))
}

/** Before there is a link: none is given out that the audit doesn't know. */
async function noteInvitation({ database }: InvitationParts, actor: Actor, subject: string): Promise<void> {
  const user = isOperator(actor) ? undefined : actor.user
  await noteEvent(database.organization(actor.organization), { action: 'invite', at: actor.asking.now, user, subject })
}

/** @returns his e-mail address */
function requireInvitable(policy: Policy, actor: Actor, { key, status, email }: PolicyUser): string {
  const missing = SYSTEM_PERMISSIONS.filter(
    (permission) =>
      hasSystemPermission(policy, key, permission) &&
      !isOperator(actor) &&
      !hasSystemPermission(policy, actor.user, permission),
  )
  if (missing.length > 0) {
    const names = missing.map((permission) => `"${permission}"`).join(', ')
    throw notPermitted(`Inviting this person takes the system permissions that he will have: ${names}.`)
  }
  if (status !== 'active') throw problem(409, 'conflict', 'This person is not active in the policy.')
  if (email === undefined) throw invalidInput([{ path: '/key', message: 'has no e-mail address in the policy' }])
  return email
}

async function send(parts: InvitationParts, mail: Parameters<NonNullable<InvitationParts['mailer']>['send']>[0]) {
  try {
    await parts.mailer?.send(mail)
  } catch (error) {
    parts.log.warn({ err: error, mail: mail.id }, 'an invitation was not sent')
    throw unavailable('The mail server did not take the invitation. Try again later.', 60)
  }
}
