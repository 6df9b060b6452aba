import {
  AcceptInvitationSchema,
  InvitationQuerySchema,
  OpenInvitationSchema,
  SignedInSchema,
} from '@bailiwick/contract'
import type { Routes } from '../http/app.ts'
import { type RateLimits, tooManyRequests } from '../http/protection.ts'
import { requireOwnOrigin } from '../identity/anti-forgery.ts'
import { SignInAttempts } from '../identity/sign-in-attempts.ts'
import { acceptInvitation, getInvitation, hasPassword } from './accept-invitation.ts'
import type { InvitationParts } from './invitation-parts.ts'

const TAGS = ['signing in']
const MINUTE = 60_000

/** Following an invitation: for whoever holds the link. */
export function invitationRoutes(parts: InvitationParts, limits: RateLimits): Routes {
  return (app) => {
    const config = { rateLimit: { max: limits.signInsPerAddress, timeWindow: MINUTE } }
    const attempts = new SignInAttempts(limits.failedSignInsPerEmail)
    const look = {
      tags: TAGS,
      summary: 'Who is invited, and to which organization',
      querystring: InvitationQuerySchema,
      response: { 200: OpenInvitationSchema },
    }
    app.get('/api/auth/invitation', { schema: look, config }, async (request, reply) => {
      const invitation = await getInvitation(parts, request.query.token)
      const { name, email, organization, expiresAt } = invitation
      const common = { name, email, organization, expiresAt: expiresAt.toISOString() }
      return reply
        .header('cache-control', 'no-store')
        .send({ ...common, hasPassword: await hasPassword(parts, invitation) })
    })

    const accept = {
      tags: TAGS,
      summary: 'Follow an invitation: choose a password, or give the one that the address has, and sign in',
      body: AcceptInvitationSchema,
      response: { 200: SignedInSchema },
    }
    app.post('/api/auth/invitation', { schema: accept, config }, async (request, reply) => {
      requireOwnOrigin(request, parts.publicUrl)
      const { token, password } = request.body
      const invitation = await getInvitation(parts, token)
      // By the address and not by the link: whoever makes new links gets no new tries.
      const name = `${request.ip} ${invitation.email}`
      const wait = attempts.begin(name, parts.now())
      if (wait > 0) throw tooManyRequests(wait)
      const { cookies, ...signedIn } = await acceptInvitation(parts, request, invitation, password)
      attempts.succeed(name)
      return reply.header('set-cookie', [...cookies]).send(signedIn)
    })
  }
}
