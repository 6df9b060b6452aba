import {
  AppliedPolicySchema,
  ApplyQuerySchema,
  PendingChangeSchema,
  PolicyComparisonSchema,
  PolicyVersionSchema,
  PolicyVersionsSchema,
  TwoVersionsParamsSchema,
  VersionParamsSchema,
  VersionsQuerySchema,
} from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { baseOf, changeOf, listOf, skipsApproval } from './change-request.ts'
import { sendApplied } from './change-routes.ts'
import type { PolicyRoutesParts } from './policy-parts.ts'
import { asProblem } from './policy-problem.ts'
import { compareVersions, getVersion, listVersions, restoreVersion } from './versions.ts'

const TAGS = ['policy']
const PAGE = 50

/** What the policy was, who changed it and why; and the way back. */
export function versionRoutes(app: App, parts: PolicyRoutesParts): void {
  historyRoutes(app, parts)
  const restore = {
    tags: TAGS,
    summary: 'Apply the document of a version again, as a new one',
    params: VersionParamsSchema,
    querystring: ApplyQuerySchema,
    response: { 200: AppliedPolicySchema, 202: PendingChangeSchema },
  }
  app.post('/api/v1/policy/versions/:number/restore', { schema: restore }, async (request, reply) => {
    const { reason, destroy } = request.query
    const actor = requireActor(request)
    const change = {
      ...changeOf(actor),
      number: Number(request.params.number),
      reason,
      destroy: listOf(destroy),
      withoutApproval: skipsApproval(actor, request.query.withoutApproval),
      baseVersion: baseOf(request),
    }
    const applied = await orProblem(restoreVersion(parts.database, change, parts))
    return sendApplied(parts, actor, reply, applied)
  })
}

function historyRoutes(app: App, { database }: PolicyRoutesParts): void {
  const list = {
    tags: TAGS,
    summary: 'The versions of the policy, newest first',
    querystring: VersionsQuerySchema,
    response: { 200: PolicyVersionsSchema },
  }
  app.get('/api/v1/policy/versions', { schema: list }, async (request) => {
    const { organization } = requireActor(request)
    const limit = Number(request.query.limit ?? PAGE)
    const before = request.query.before === undefined ? undefined : Number(request.query.before)
    const found = await listVersions(database.organization(organization), organization, { limit: limit + 1, before })
    const items = found.slice(0, limit).map(({ difference, ...version }) => ({
      ...version,
      changes: difference.length,
    }))
    return { items, next: found.length > limit ? (items.at(-1)?.number ?? null) : null }
  })

  const one = {
    tags: TAGS,
    summary: 'One version with its document',
    params: VersionParamsSchema,
    response: { 200: PolicyVersionSchema },
  }
  app.get('/api/v1/policy/versions/:number', { schema: one }, async (request) => {
    const { organization } = requireActor(request)
    const number = Number(request.params.number)
    const found = await orProblem(getVersion(database.organization(organization), organization, number))
    const { difference, document, ...version } = found
    return { ...version, changes: difference, document: { ...document } }
  })

  const compare = {
    tags: TAGS,
    summary: 'What changed from one version to another',
    params: TwoVersionsParamsSchema,
    response: { 200: PolicyComparisonSchema },
  }
  app.get('/api/v1/policy/versions/:number/diff/:other', { schema: compare }, async (request) => {
    const { organization } = requireActor(request)
    const [from, to] = [Number(request.params.number), Number(request.params.other)]
    const changes = await orProblem(compareVersions(database.organization(organization), organization, from, to))
    return { from, to, changes }
  })
}

async function orProblem<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw asProblem(error)
  }
}
