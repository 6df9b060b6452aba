import { JobParamsSchema, PlanJobSchema, PlanQuerySchema, PlanSchema, YAML_MEDIA_TYPE } from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import type { JobView } from '../jobs/job-view.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { PLAN, type PlanInput, planFor } from '../jobs/plan-job.ts'
import { readPlan } from '../jobs/plan-samples.ts'
import { present } from '../jobs/routes.ts'
import { listOf } from './change-request.ts'
import { LARGEST_POLICY } from './policy-body.ts'
import type { PolicyRoutesParts } from './policy-parts.ts'

const TAGS = ['policy']
const ASYNC = 'respond-async'

/** What an apply would do: at once, or as a job for whoever prefers not to wait (RFC 7240). */
export function planRoutes(app: App, parts: PolicyRoutesParts, jobs: Jobs): void {
  const plan = {
    tags: TAGS,
    summary: 'What applying a document would do; with Prefer: respond-async, as a job',
    consumes: ['application/json', YAML_MEDIA_TYPE],
    body: Type.Unknown(),
    querystring: PlanQuerySchema,
    response: { 200: PlanSchema, 202: PlanJobSchema },
  }
  app.post(
    '/api/v1/policy/plan',
    { bodyLimit: LARGEST_POLICY, schema: plan, config: { changesNothing: true } },
    async (request, reply) => {
      const actor = requireActor(request)
      const input: PlanInput = { document: request.body, destroy: listOf(request.query.destroy) }
      if (!prefersNotToWait(request)) return planFor(parts, actor, input)
      const id = await jobs.enqueue(actor, PLAN, input)
      reply.code(202).headers({ location: `/api/v1/policy/plans/${id}`, 'preference-applied': ASYNC })
      return presentJob(await jobs.find(actor, id, PLAN))
    },
  )

  const params = JobParamsSchema
  const read = {
    tags: TAGS,
    summary: 'How a plan is doing, and what it says',
    params,
    response: { 200: PlanJobSchema },
  }
  app.get('/api/v1/policy/plans/:id', { schema: read }, async (request) => {
    const actor = requireActor(request)
    const view = await jobs.find(actor, request.params.id, PLAN)
    if (view.state !== 'done') return presentJob(view)
    return { ...presentJob(view), plan: await readPlan(parts, actor, view.result) }
  })
}

function prefersNotToWait({ headers }: FastifyRequest): boolean {
  const preferences = [headers.prefer ?? []].flat().join(',').split(',')
  return preferences.some((one) => one.split(';')[0]?.trim().toLowerCase() === ASYNC)
}

function presentJob(view: JobView) {
  const { result: _result, ...job } = present(view)
  return job
}
