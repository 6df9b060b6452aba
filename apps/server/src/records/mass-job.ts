import type { JobKind, RunningJob } from '../jobs/job.ts'
import type { Gateway } from './gateway.ts'
import type { Refused } from './many-records.ts'
import type { MassChange, MassOutcome } from './mass-change.ts'

export const MASS = 'mass'

/** Which records, by their ids, and what is done to them. */
export type MassInput = { readonly module: string; readonly ids: readonly string[] } & MassChange

interface MassPosition extends MassOutcome {
  readonly done: number
}

/** What a job comes to: of a deletion also which records, for whoever wants them back. */
export interface MassResult extends MassOutcome {
  readonly deleted?: readonly string[]
}

const NOTHING: MassPosition = { done: 0, changed: 0, refused: [], notPermitted: 0 }

/**
 * Records between two notes of how far it is. Values that are set twice after a crash are the same; what was deleted, restored or given
 * away by then is no longer there to be so, and is told as refused: fewer at once keep that to a handful.
 */
const AT_ONCE = { set: 50, other: 10 }

/** A change of many records as a job: each under its own check, at the moment when its turn comes. */
export function massJob(gateway: Gateway): JobKind {
  return { kind: MASS, run: (job) => changeAll(gateway, job, job.input as MassInput) }
}

async function changeAll(gateway: Gateway, job: RunningJob, input: MassInput): Promise<MassResult> {
  const { module, ids } = input
  const atOnce = 'set' in input ? AT_ONCE.set : AT_ONCE.other
  let at: MassPosition = { ...NOTHING, ...(job.saved as Partial<MassPosition> | undefined) }
  while (at.done < ids.length) {
    job.goOn()
    const some = ids.slice(at.done, at.done + atOnce)
    at = added(at, some.length, await gateway.changeMany(await job.actor(), module, some, input))
    await job.save({ done: at.done, total: ids.length, saved: at })
  }
  const { done, ...outcome } = at
  return 'delete' in input ? { ...outcome, deleted: without(ids, at.refused) } : outcome
}

function added(at: MassPosition, done: number, { changed, refused, notPermitted }: MassOutcome): MassPosition {
  return {
    done: at.done + done,
    changed: at.changed + changed,
    refused: [...at.refused, ...refused],
    notPermitted: at.notPermitted + notPermitted,
  }
}

function without(ids: readonly string[], refused: readonly Refused[]): string[] {
  const kept = new Set(refused.map(({ id }) => id))
  return ids.filter((id) => !kept.has(id))
}
