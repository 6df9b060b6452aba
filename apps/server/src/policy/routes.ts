import { policyJsonSchema } from '@bailiwick/access'
import {
  AppliedPolicySchema,
  ApplyQuerySchema,
  PendingChangeSchema,
  PolicyDocumentSchema,
  PolicyTestsSchema,
  YAML_MEDIA_TYPE,
} from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import type { App, Routes } from '../http/app.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { requireAccessManager } from '../people/access-manager.ts'
import { applyPolicy } from './apply-policy.ts'
import { baseOf, changeOf, listOf, setVersion, skipsApproval, unknownBase } from './change-request.ts'
import { changeRoutes, sendApplied } from './change-routes.ts'
import { planRoutes } from './plan-routes.ts'
import { LARGEST_POLICY, readYaml } from './policy-body.ts'
import type { PolicyRoutesParts } from './policy-parts.ts'
import { asProblem } from './policy-problem.ts'
import { PolicyVersionMissing } from './policy-refusals.ts'
import { writePolicyText } from './policy-text.ts'
import { testPolicy } from './test-policy.ts'
import { versionRoutes } from './version-routes.ts'

const TAGS = ['policy']
const CONSUMES = ['application/json', YAML_MEDIA_TYPE]

/** The policy document: read, planned, tested, applied, and its versions. All of it takes `manageAccess`, or is the operator's. */
export function policyRoutes(parts: PolicyRoutesParts, jobs: Jobs): Routes {
  return (app) => {
    // Before the body is read: a document of megabytes is parsed for nobody else.
    app.addHook('onRequest', async (request) => {
      await requireAccessManager(parts.policies, requireActor(request))
    })
    readYaml(app)
    readRoutes(app, parts)
    applyRoutes(app, parts)
    planRoutes(app, parts, jobs)
    versionRoutes(app, parts)
    changeRoutes(app, parts)
  }
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

function applyRoutes(app: App, parts: PolicyRoutesParts): void {
  const { database } = parts
  const options = { bodyLimit: LARGEST_POLICY }
  const body = Type.Unknown()
  const apply = {
    tags: TAGS,
    summary: 'Make a document the policy; If-Match holds the version that it was made from',
    consumes: CONSUMES,
    body,
    querystring: ApplyQuerySchema,
    response: { 200: AppliedPolicySchema, 202: PendingChangeSchema },
  }
  app.put('/api/v1/policy', { ...options, schema: apply }, async (request, reply) => {
    const actor = requireActor(request)
    const { reason, destroy } = request.query
    const withoutApproval = skipsApproval(actor, request.query.withoutApproval)
    const change = { ...changeOf(actor), input: request.body, reason, destroy: listOf(destroy), withoutApproval }
    const baseVersion = baseOf(request)
    const applied = await applyPolicy(database, { ...change, baseVersion }, parts).catch((error: unknown) => {
      throw error instanceof PolicyVersionMissing ? unknownBase(baseVersion) : asProblem(error)
    })
    return sendApplied(parts, actor, reply, applied)
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
