import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'

export type Job = paths['/api/v1/jobs/{id}']['get']['responses']['200']['content']['application/json']

const FIRST_WAIT = 250
const LONGEST_WAIT = 2_000

/** Asks how a job is doing until it has come to an end, the longer it takes the less often. */
export async function followJob(id: string, onStep: (job: Job) => void): Promise<Job> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
    const job = await ask(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } }))
    onStep(job)
    if (job.state !== 'queued' && job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}
