import type { JobKind, RunningJob } from '../jobs/job.ts'
import type { Gateway } from './gateway.ts'
import type { ManyOutcome, Refused } from './many-records.ts'

export const MASS = 'mass'

/** Which records, by their ids, and what they are to hold. */
export interface MassInput {
  readonly module: string
  readonly ids: readonly string[]
  readonly set: Readonly<Record<string, unknown>>
}

interface MassPosition extends ManyOutcome {
  readonly done: number
}

/** Records between two notes of how far it is. What is done twice after a crash sets the same values again. */
const AT_ONCE = 50

/** A change of many records as a job: each under its own check, at the moment when its turn comes. */
export function massJob(gateway: Gateway): JobKind {
  return { kind: MASS, run: (job) => changeAll(gateway, job, job.input as MassInput) }
}

async function changeAll(gateway: Gateway, job: RunningJob, { module, ids, set }: MassInput): Promise<ManyOutcome> {
  let at = (job.saved as MassPosition | undefined) ?? { done: 0, changed: 0, refused: [] as readonly Refused[] }
  while (at.done < ids.length) {
    job.goOn()
    const some = ids.slice(at.done, at.done + AT_ONCE)
    const { changed, refused } = await gateway.changeMany(await job.actor(), module, some, set)
    at = { done: at.done + some.length, changed: at.changed + changed, refused: [...at.refused, ...refused] }
    await job.save({ done: at.done, total: ids.length, saved: at })
  }
  return { changed: at.changed, refused: at.refused }
}
