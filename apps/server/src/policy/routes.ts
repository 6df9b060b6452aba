import { hasSystemPermission, policyJsonSchema } from '@bailiwick/access'
import {
  AppliedPolicySchema,
  ApplyQuerySchema,
  PlanQuerySchema,
  PlanSchema,
  PolicyDocumentSchema,
  PolicyTestsSchema,
  YAML_MEDIA_TYPE,
} from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import type { App, Routes } from '../http/app.ts'
import { isOperator } from '../people/admission.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import { notPermitted } from '../problem.ts'
import { applyPolicy } from './apply-policy.ts'
import { baseOf, changeOf, listOf, setVersion, unknownBase } from './change-request.ts'
import type { LivePolicies } from './live-policy.ts'
import { planPolicy } from './plan-policy.ts'
import { LARGEST_POLICY, readYaml } from './policy-body.ts'
import type { Asker } from './policy-effect.ts'
import type { PolicyRoutesParts } from './policy-parts.ts'
import { asProblem } from './policy-problem.ts'
import { PolicyVersionMissing } from './policy-refusals.ts'
import { writePolicyText } from './policy-text.ts'
import { testPolicy } from './test-policy.ts'
import { versionRoutes } from './version-routes.ts'

const TAGS = ['policy']
const CONSUMES = ['application/json', YAML_MEDIA_TYPE]

/** The policy document: read, planned, tested, applied, and its versions. All of it takes `manageAccess`, or is the operator's. */
export function policyRoutes(parts: PolicyRoutesParts): Routes {
  return (app) => {
    // Before the body is read: a document of megabytes is parsed for nobody else.
    app.addHook('onRequest', async (request) => requireAccessManager(parts.policies, requireActor(request)))
    readYaml(app)
    readRoutes(app, parts)
    changeRoutes(app, parts)
    versionRoutes(app, parts)
  }
}

/** @throws Problem 403 where the actor doesn't manage access in the policy as it stands */
async function requireAccessManager(policies: LivePolicies, actor: Actor): Promise<void> {
  const { policy } = await confirmAdmitted(policies, actor)
  if (isOperator(actor) || hasSystemPermission(policy, actor.user, 'manageAccess')) return
  throw notPermitted('The policy takes the system permission "manageAccess".')
}

/** The operator of the installation reads no records of his own. */
async function askerOf(policies: LivePolicies, actor: Actor): Promise<Asker | undefined> {
  if (isOperator(actor)) return undefined
  const { policy } = await policies.confirm(actor.organization)
  return { user: actor.user, isLicensed: (module) => policy.isLicensed(module) }
}

function readRoutes(app: App, { policies }: PolicyRoutesParts): void {
  const inEitherForm = {
    'application/json': { schema: PolicyDocumentSchema },
    [YAML_MEDIA_TYPE]: { schema: Type.String() },
  }
  const read = {
    tags: TAGS,
    summary: 'The policy document, as JSON or, where Accept asks for it, as YAML; its version is the ETag',
    response: { 200: { description: 'The document.', content: inEitherForm } },
  }
  app.get('/api/v1/policy', { schema: read }, async (request, reply) => {
    const { version, document } = await policies.confirm(requireActor(request).organization)
    void setVersion(reply, version).header('vary', 'accept')
    return wantsYaml(request) ? reply.type(YAML_MEDIA_TYPE).send(writePolicyText(document)) : reply.send(document)
  })

  const schema = { tags: TAGS, summary: 'The JSON Schema of policy documents', response: { 200: Type.Unknown() } }
  app.get('/api/v1/policy/schema.json', { schema }, () => policyJsonSchema())
}

function wantsYaml({ headers }: FastifyRequest): boolean {
  return /\b(?:application|text)\/(?:x-)?yaml\b/i.test(headers.accept ?? '')
}

function changeRoutes(app: App, parts: PolicyRoutesParts): void {
  const { database } = parts
  const options = { bodyLimit: LARGEST_POLICY }
  const body = Type.Unknown()
  const apply = {
    tags: TAGS,
    summary: 'Make a document the policy; If-Match holds the version that it was made from',
    consumes: CONSUMES,
    body,
    querystring: ApplyQuerySchema,
    response: { 200: AppliedPolicySchema },
  }
  app.put('/api/v1/policy', { ...options, schema: apply }, async (request, reply) => {
    const actor = requireActor(request)
    const { reason, destroy } = request.query
    const change = { ...changeOf(actor), input: request.body, reason, destroy: listOf(destroy) }
    const baseVersion = baseOf(request)
    const applied = await applyPolicy(database, { ...change, baseVersion }, parts).catch((error: unknown) => {
      throw error instanceof PolicyVersionMissing ? unknownBase(baseVersion) : asProblem(error)
    })
    void setVersion(reply, applied.version)
    return applied
  })

  const plan = {
    tags: TAGS,
    summary: 'What applying a document would do',
    consumes: CONSUMES,
    body,
    querystring: PlanQuerySchema,
    response: { 200: PlanSchema },
  }
  app.post('/api/v1/policy/plan', { ...options, schema: plan }, async (request) => {
    const actor = requireActor(request)
    const { organization, asking } = actor
    const question = { organization, input: request.body, destroy: listOf(request.query.destroy), now: asking.now }
    return planPolicy(database, { ...question, asker: await askerOf(parts.policies, actor) }, parts)
  })

  const test = {
    tags: TAGS,
    summary: 'Run the examples and invariants of a document, or, without one, of the policy that stands',
    consumes: CONSUMES,
    body,
    response: { 200: PolicyTestsSchema },
  }
  app.post('/api/v1/policy/test', { ...options, schema: test }, async (request) => {
    const { organization, asking } = requireActor(request)
    return testPolicy(database, { organization, input: request.body ?? undefined, now: asking.now }, parts)
  })
}
