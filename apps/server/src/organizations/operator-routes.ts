import {
  CreatedKeySchema,
  CreatedOrganizationSchema,
  CreatedSignInSchema,
  DoneSchema,
  KeyParamsSchema,
  NewKeySchema,
  NewOrganizationSchema,
  NewSignInSchema,
  OrganizationListSchema,
} from '@bailiwick/contract'
import { noteEvent } from '../audit/note-event.ts'
import type { App, Routes } from '../http/app.ts'
import { revokeApiKey } from '../identity/api-keys.ts'
import { findUser } from '../people/find-user.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { problem } from '../problem.ts'
import { createOrganization } from './create-organization.ts'
import { findOrganization, listOrganizations } from './find-organization.ts'
import { giveSignIn } from './give-sign-in.ts'
import { issueApiKey } from './issue-api-key.ts'
import type { OrganizationParts } from './organization-parts.ts'

const TAGS = ['operator']

/**
 * What whoever runs the server may do. Only for the socket in the data folder, which nobody else can open: here nobody is asked
 * who he is.
 */
export function operatorRoutes(parts: OrganizationParts): Routes {
  return (app) => {
    organizationRoutes(app, parts)
    keyRoutes(app, parts)
    signInRoutes(app, parts)
  }
}

function organizationRoutes(app: App, parts: OrganizationParts): void {
  const list = { tags: TAGS, summary: 'Every organization', response: { 200: OrganizationListSchema } }
  app.get('/operator/v1/organizations', { schema: list }, async () => ({
    items: await listOrganizations(parts.database.control),
  }))

  const create = { tags: TAGS, body: NewOrganizationSchema, response: { 201: CreatedOrganizationSchema } }
  app.post('/operator/v1/organizations', { schema: create }, async (request, reply) =>
    reply.code(201).send(await createOrganization(parts, request.body)),
  )
}

function keyRoutes(app: App, parts: OrganizationParts): void {
  const create = { tags: TAGS, body: NewKeySchema, response: { 201: CreatedKeySchema } }
  app.post('/operator/v1/keys', { schema: create }, async (request, reply) => {
    const { user, name = 'API key' } = request.body
    const organization = await getOrganization(parts, request.body.organization)
    const key = await issueApiKey(parts, organization, await getUserKey(parts, organization, user), name)
    return reply.code(201).send({ key })
  })

  const revoke = { tags: TAGS, params: KeyParamsSchema, response: { 200: DoneSchema } }
  app.delete('/operator/v1/organizations/:organization/keys/:id', { schema: revoke }, async (request) => {
    const organization = await getOrganization(parts, request.params.organization)
    const key = { id: request.params.id, now: parts.now() }
    const revoked = await revokeApiKey(parts.database.owner, organization, key)
    if (!revoked) throw problem(404, 'not-found', 'There is no such key in force.')
    const event = { action: 'revokeKey', at: key.now, details: { key: key.id } } as const
    await noteEvent(parts.database.organization(organization), event)
    return { done: true as const }
  })
}

function signInRoutes(app: App, parts: OrganizationParts): void {
  const give = { tags: TAGS, body: NewSignInSchema, response: { 201: CreatedSignInSchema } }
  app.post('/operator/v1/sign-ins', { schema: give }, async (request, reply) => {
    const organization = await getOrganization(parts, request.body.organization)
    const user = await getUserKey(parts, organization, request.body.user)
    const given = await giveSignIn(parts, organization, user, request.body.password)
    return reply.code(201).send(given)
  })
}

/** The operator may be told what isn't there. @throws Problem 404 */
async function getOrganization(parts: OrganizationParts, slug: string): Promise<OrganizationPlace> {
  const organization = await findOrganization(parts.database.control, slug)
  if (!organization) throw problem(404, 'not-found', `There is no organization "${slug}".`)
  return organization
}

async function getUserKey(
  parts: OrganizationParts,
  organization: OrganizationPlace,
  keyOrEmail: string,
): Promise<string> {
  const { policy } = await parts.policies.confirm(organization)
  const user = findUser(policy, keyOrEmail)
  if (!user) throw problem(404, 'not-found', `There is no user "${keyOrEmail}" in ${organization.slug}.`)
  return user.key
}
