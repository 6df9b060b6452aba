import { JobParamsSchema, JobSchema } from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import type { Routes } from '../http/app.ts'
import type { JobView } from './job-view.ts'
import type { Jobs } from './jobs.ts'

const TAGS = ['jobs']

/** One's own jobs: how they are doing, and to stop them. */
export function jobRoutes(jobs: Jobs): Routes {
  return (app) => {
    const params = JobParamsSchema
    const read = { tags: TAGS, summary: 'How a job is doing', params, response: { 200: JobSchema } }
    app.get('/api/v1/jobs/:id', { schema: read }, async (request) => {
      return present(await jobs.find(requireActor(request), request.params.id))
    })
    const cancel = {
      tags: TAGS,
      summary: 'Stop a job; what is done by then stays',
      params,
      response: { 200: JobSchema },
    }
    app.post('/api/v1/jobs/:id/cancel', { schema: cancel }, async (request) => {
      return present(await jobs.cancel(requireActor(request), request.params.id))
    })
  }
}

/** Every job's common part, as it leaves. */
export function present({ id, kind, state, done, total, result, error }: JobView) {
  return { id, kind, state, done, total, result, error }
}
