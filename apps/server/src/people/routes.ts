import { DoneSchema, MeSchema, SwitchOrganizationSchema } from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import { requireSession } from '../identity/authenticate.ts'
import type { IdentityParts } from '../identity/identity-parts.ts'
import { noteEntry } from '../identity/note-entries.ts'
import { switchOrganization } from '../identity/sessions.ts'
import { notFound, notPermitted } from '../problem.ts'
import { confirmAdmitted } from './admitted-policy.ts'
import { describeMe } from './describe-me.ts'
import { findIdentityOfUser, listMemberships } from './memberships.ts'

const TAGS = ['people']

/** The user, his organizations, and what he may do. */
export function meRoutes(parts: IdentityParts): Routes {
  return (app) => {
    compareStamps(app)
    const schema = {
      tags: TAGS,
      summary: 'The user, his organizations, and what he may do',
      response: { 200: MeSchema },
    }
    app.get('/api/v1/me', { schema }, async (request) => {
      const actor = requireActor(request)
      const snapshot = await confirmAdmitted(parts.policies, actor)
      const organizations = await organizationsOf(parts, actor)
      const { name = actor.organization.slug, timeZone = 'UTC' } = snapshot.document.organization ?? {}
      const organization = { slug: actor.organization.slug, name, timeZone }
      return { ...describeMe(snapshot, actor), organization, organizations }
    })
  }
}

/** A key belongs to one organization; a session reaches all that its identity is a user of. */
async function organizationsOf(parts: IdentityParts, actor: Actor) {
  const identityId = await findIdentityOfUser(parts.database.control, actor.organization.id, actor.user)
  const memberships = identityId === undefined ? [] : await listMemberships(parts.database.control, identityId)
  return memberships
    .map(({ organization }) => organization)
    .filter(({ id }) => actor.via === 'session' || id === actor.organization.id)
}

/** Open to any session, also one whose organization doesn't let it in any more. */
export function organizationRoutes(parts: IdentityParts): Routes {
  return (app) => {
    const schema = {
      tags: TAGS,
      summary: 'Switch the organization that the session acts in',
      body: SwitchOrganizationSchema,
      response: { 200: DoneSchema },
    }
    app.post('/api/v1/me/organization', { schema }, async (request, reply) => {
      if (request.headers.authorization !== undefined) throw notPermitted('An API key belongs to one organization.')
      const session = await requireSession(parts, request, reply)
      const memberships = await listMemberships(parts.database.control, session.identityId)
      const chosen = memberships.find(({ organization }) => organization.slug === request.body.organization)
      if (!chosen) throw notFound()
      await switchOrganization(parts.database.owner, session.token, chosen.organization.id)
      await noteEntry(parts, request, chosen, 'signIn')
      return { done: true as const }
    })
  }
}
