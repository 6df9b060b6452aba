import type { FastifyRequest } from 'fastify'
import { type Actor, operatorActor } from '../http/actor.ts'
import type { IdentityParts } from '../identity/identity-parts.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import { findUser } from '../people/find-user.ts'
import { invalidInput, problem } from '../problem.ts'
import { findOrganization } from './find-organization.ts'

/** `<organization>/<user key or e-mail>`, or `<organization>/operator`. */
export const ACT_HEADER = 'bailiwick-act'
const OPERATOR = 'operator'

/**
 * Whom the operator acts for on the ordinary interface: a person, with exactly that person's rights, or himself, who manages access and
 * reaches no record. Only the socket's server asks this; the network's never looks at the header.
 * @throws Problem 422 without the header, 404 for whom or what isn't there, 401 for a person who may not be signed in
 */
export async function actFor(parts: IdentityParts, request: FastifyRequest): Promise<Actor> {
  const { slug, who } = readHeader(request.headers[ACT_HEADER])
  const organization = await findOrganization(parts.database.control, slug)
  if (!organization) throw problem(404, 'not-found', `There is no organization "${slug}".`)
  if (who === OPERATOR) return operatorActor(organization, parts.now())
  const { policy } = await parts.policies.confirm(organization)
  const user = findUser(policy, who)
  if (!user) throw problem(404, 'not-found', `There is no user "${who}" in ${slug}.`)
  const actor: Actor = { organization, user: user.key, asking: { now: parts.now() }, via: 'job' }
  await confirmAdmitted(parts.policies, actor)
  return actor
}

function readHeader(header: string | string[] | undefined): { slug: string; who: string } {
  const [, slug, who] = /^([a-z][a-z0-9-]{0,49})\/(\S{1,254})$/.exec(typeof header === 'string' ? header : '') ?? []
  if (slug !== undefined && who !== undefined) return { slug, who }
  throw invalidInput([
    { path: '', message: `The header ${ACT_HEADER} must be <organization>/<user> or <organization>/operator.` },
  ])
}
