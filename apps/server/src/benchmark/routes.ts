import { BenchmarkParamsSchema, JobSchema, NewBenchmarkSchema } from '@bailiwick/contract'
import { operatorActor } from '../http/actor.ts'
import type { Routes } from '../http/app.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { present } from '../jobs/routes.ts'
import { findOrganization } from '../organizations/find-organization.ts'
import { problem } from '../problem.ts'
import { BENCHMARK } from './benchmark-job.ts'
import type { BenchmarkParts } from './load-benchmark.ts'

/** For the operator's socket alone. */
export function benchmarkRoutes(parts: BenchmarkParts, jobs: Jobs): Routes {
  return (app) => {
    const schema = {
      tags: ['operator'],
      summary: 'Load the benchmark’s company into an organization without accounts and deals, as a job',
      params: BenchmarkParamsSchema,
      body: NewBenchmarkSchema,
      response: { 202: JobSchema },
    }
    app.post('/operator/v1/organizations/:organization/benchmark', { schema }, async (request, reply) => {
      const { organization: slug } = request.params
      const organization = await findOrganization(parts.database.control, slug)
      if (!organization) throw problem(404, 'not-found', `There is no organization "${slug}".`)
      const operator = operatorActor(organization, parts.now())
      const id = await jobs.enqueue(operator, BENCHMARK, request.body)
      reply.code(202).header('location', `/api/v1/jobs/${id}`)
      return present(await jobs.find(operator, id))
    })
  }
}
