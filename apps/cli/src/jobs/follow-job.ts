import { setTimeout as pause } from 'node:timers/promises'
import { JobSchema } from '@bailiwick/contract'
import type { Static } from 'typebox'
import { type Acting, call } from '../connection/call.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import type { Progress } from './progress.ts'

/** What every job's answer tells. */
export type JobView = Omit<Static<typeof JobSchema>, 'result'>

export interface FollowedJob<View extends JobView> {
  readonly id: string
  readonly acting: Acting
  /** What it does, as in "importing". */
  readonly step: string
  /** Asks how it is doing. */
  read(): Promise<View>
}

const SOONEST_MS = 40
const LATEST_MS = 500

/**
 * Asks how a job is doing until it has ended. Ctrl-C stops the job, and waits until it has stopped.
 * @returns the job as it ended, done or cancelled
 * @throws {Failure} where it failed
 */
export async function followJob<View extends JobView>(
  context: Context,
  job: FollowedJob<View>,
  progress: Progress,
): Promise<View> {
  let isCancelled = false
  for (let wait = SOONEST_MS; ; wait = Math.min(wait * 1.5, LATEST_MS)) {
    const view = await job.read()
    if (view.state === 'failed') throw new Failure(view.error ?? 'The job failed, without a word why.')
    if (view.state === 'done' || view.state === 'cancelled') return view
    progress.update(job.step, view.done, view.total)
    if (context.signal.aborted && !isCancelled) isCancelled = await cancel(context, job)
    await pause(wait, undefined, isCancelled ? {} : { signal: context.signal }).catch(() => {})
  }
}

async function cancel(context: Context, { id, acting, step }: Omit<FollowedJob<JobView>, 'read'>): Promise<true> {
  context.say(`Stopped ${step}.`)
  await call(context, JobSchema, { method: 'POST', path: `/api/v1/jobs/${id}/cancel`, acting, finishes: true })
  return true
}
