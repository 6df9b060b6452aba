import { JobSchema, MassSchema, RecordModuleParamsSchema } from '@bailiwick/contract'
import type { Static } from 'typebox'
import { requireActor } from '../http/actor.ts'
import type { Routes } from '../http/app.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import { invalidInput } from '../problem.ts'
import type { Gateway } from './gateway.ts'
import type { MassChange } from './mass-change.ts'
import { MASS, type MassInput } from './mass-job.ts'

/** Changing many records at once, as a job. What is wrong with the request as a whole is told before there is one. */
export function massRoutes(gateway: Gateway, jobs: Jobs): Routes {
  return (app) => {
    const schema = {
      tags: ['records'],
      summary: 'Set the same values on many records, or transfer, delete or restore them',
      params: RecordModuleParamsSchema,
      body: MassSchema,
      response: { 202: JobSchema },
    }
    app.post('/api/v1/records/:module/mass', { schema }, async (request, reply) => {
      const actor = requireActor(request)
      const { module } = request.params
      const { ids, filter } = request.body
      const change = requireOneChange(request.body)
      await gateway.requireChange(actor, module, change)
      const input: MassInput = { module, ids: await gateway.select(actor, module, { ids, filter }), ...change }
      const id = await jobs.enqueue(actor, MASS, input)
      reply.code(202).header('location', `/api/v1/jobs/${id}`)
      return present(await jobs.find(actor, id))
    })
  }
}

/** @throws Problem 422 where nothing is to be done, or several things; and for a filter over the recycle bin, which takes ids alone. */
function requireOneChange(body: Static<typeof MassSchema>): MassChange {
  const { set, transfer, delete: remove, restore, filter } = body
  const changes = [set && { set }, transfer && { transfer }, remove && { delete: remove }, restore && { restore }]
  const [change, ...others] = changes.filter((one) => one !== undefined)
  if (!change || others.length > 0) {
    throw invalidInput([{ path: '', message: 'takes one of set, transfer, delete and restore' }])
  }
  if (restore && filter !== undefined) {
    throw invalidInput([{ path: '/filter', message: 'is of no use to restore, which takes ids' }])
  }
  return change
}
