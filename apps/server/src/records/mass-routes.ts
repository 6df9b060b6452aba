import { JobSchema, MassSchema, RecordModuleParamsSchema } from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import type { Routes } from '../http/app.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import type { Gateway } from './gateway.ts'
import { MASS, type MassInput } from './mass-job.ts'

/** Changing many records at once, as a job. What is wrong with the request as a whole is told before there is one. */
export function massRoutes(gateway: Gateway, jobs: Jobs): Routes {
  return (app) => {
    const schema = {
      tags: ['records'],
      summary: 'Set the same values on many records',
      params: RecordModuleParamsSchema,
      body: MassSchema,
      response: { 202: JobSchema },
    }
    app.post('/api/v1/records/:module/mass', { schema }, async (request, reply) => {
      const actor = requireActor(request)
      const { module } = request.params
      const { set, ...selection } = request.body
      await gateway.requireChange(actor, module, set)
      const input: MassInput = { module, ids: await gateway.select(actor, module, selection), set }
      const id = await jobs.enqueue(actor, MASS, input)
      reply.code(202).header('location', `/api/v1/jobs/${id}`)
      return present(await jobs.find(actor, id))
    })
  }
}
