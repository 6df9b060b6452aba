import type { Actor } from '../actor.ts'
import { operatorActor } from '../http/actor.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { notSignedIn, Problem } from '../problem.ts'
import { beat, type ClaimedJob, endJob, holdJob, noteTaken, releaseJob, saveProgress } from './claims.ts'
import { type JobKind, JobStopped, type RunningJob } from './job.ts'
import type { JobsParts } from './parts.ts'
import { type Executor, isCancelled } from './store.ts'

/** `again`: something was away (the database, say), and it is worth another try soon. */
export type Outcome = 'ended' | 'again'

/** A job whose process ended under it so often without coming forward is not begun once more. */
const MOST_TAKEN = 3
const SERVER_FAULT = 'Something went wrong here; the server has it in its log.'
const NOT_ADMITTED = 'Whoever started it may not sign in any more, or not now.'
const TAKEN_TOO_OFTEN = `The server ended ${MOST_TAKEN} times while this ran.`

/** Runs a claimed job to its end, or until it is to stop; writes down how it ended. Never throws. */
export async function runJob(
  parts: JobsParts,
  kinds: ReadonlyMap<string, JobKind>,
  organization: OrganizationPlace,
  job: ClaimedJob,
  stopping: AbortSignal,
  beatEvery: number,
): Promise<Outcome> {
  const database = parts.database.organization(organization)
  const lost = new AbortController()
  const beats = setInterval(() => void signOfLife(database, job, lost), beatEvery)
  const kind = kinds.get(job.kind)
  try {
    const taken = (job.result?.taken ?? 0) + (job.wasRunning ? 1 : 0)
    if (taken > 0) await noteTaken(database, job, { ...job.result, taken })
    if (!kind || taken >= MOST_TAKEN) throw new Problem('internal-error', kind ? TAKEN_TOO_OFTEN : SERVER_FAULT)
    const result = await kind.run(runningJob(parts, organization, database, job, [stopping, lost.signal]))
    await endJob(database, job, { result })
    await kind.clear?.(job.id, organization)
    return 'ended'
  } catch (error) {
    const clear = async () => kind?.clear?.(job.id, organization)
    return await settle(parts, database, job, clear, error).catch(() => 'again' as const)
  } finally {
    clearInterval(beats)
  }
}

async function signOfLife(database: Executor, job: ClaimedJob, lost: AbortController): Promise<void> {
  try {
    if (!(await beat(database, job))) lost.abort()
  } catch {
    // The database is away, or a step is being written, which is a sign of life by itself.
  }
}

function runningJob(
  parts: JobsParts,
  organization: OrganizationPlace,
  database: Executor,
  job: ClaimedJob,
  signals: readonly AbortSignal[],
): RunningJob {
  const mustHold = (isHeld: boolean) => {
    if (!isHeld) throw new JobStopped()
  }
  return {
    id: job.id,
    organization,
    input: job.input.of,
    saved: job.result?.saved,
    actor: () => actorOf(parts, organization, job),
    goOn: () => mustHold(!signals.some((signal) => signal.aborted)),
    hold: async (transaction) => mustHold(await holdJob(transaction, job)),
    save: async (progress, transaction) => mustHold(await saveProgress(transaction ?? database, job, progress)),
  }
}

/** The address from which the job was asked for still counts: rights that hold in one network don't follow it to another. */
async function actorOf(parts: JobsParts, organization: OrganizationPlace, job: ClaimedJob): Promise<Actor> {
  if (job.actor === null && job.input.by === 'operator') return operatorActor(organization, parts.now())
  const { owners } = await parts.policies.current(organization)
  const ref = job.actor === null ? undefined : owners.refOf(job.actor)
  if (!ref?.startsWith('user:')) throw notSignedIn()
  const asking = { now: parts.now(), ip: job.input.ip }
  const actor: Actor = { organization, user: ref.slice('user:'.length), asking, via: 'job' }
  await confirmAdmitted(parts.policies, actor)
  return actor
}

async function settle(
  parts: JobsParts,
  database: Executor,
  job: ClaimedJob,
  clear: () => Promise<void>,
  error: unknown,
): Promise<Outcome> {
  if (error instanceof JobStopped) {
    await releaseJob(database, job)
    if (await isCancelled(database, job.id)) await clear()
    return 'ended'
  }
  if (isPassing(error)) {
    parts.log.info({ err: error, job: job.id }, 'a job waits for what is away')
    await releaseJob(database, job)
    return 'again'
  }
  if (!(error instanceof Problem)) parts.log.error({ err: error, job: job.id }, 'a job failed')
  await endJob(database, job, { error: reasonOf(error) })
  await clear()
  return 'ended'
}

/** The database is away, full of work or shutting down. */
function isPassing(error: unknown): boolean {
  if (error instanceof Problem) return error.status === 503
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(08|40|53|57P)|^E(CONN|PIPE|TIMEDOUT)/.test(code) ||
    /Connection terminated|connections? is in use/.test(error.message)
  )
}

/** What whoever started it is told. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Problem)) return SERVER_FAULT
  if (error.status === 401) return NOT_ADMITTED
  const errors = (error.errors ?? []).slice(0, 10).map(({ path, message }) => `${path.slice(1)} ${message}`.trim())
  return errors.length === 0 ? error.message : `${error.message} ${errors.join('; ')}`
}
